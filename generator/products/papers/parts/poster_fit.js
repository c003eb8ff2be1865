(paper, {titles, items, whats}) => {
  const poster = paper.querySelector('.poster'), band = poster.querySelector('.band'), title = poster.querySelector('h1');
  const wide = piece => [piece, ...piece.querySelectorAll('h1, h2, p, li')].some(p => p.scrollWidth > p.clientWidth + 1);
  const high = piece => wide(piece) ? 1e6 : piece.getBoundingClientRect().height * 25.4 / 96;
  const each = (sizes, name, told) => sizes.map(size => { poster.style.setProperty(name, size + 'pt'); return told(); });
  const bands = () => each(titles, '--title', () => [high(band), high(title)]);
  const plain = bands();
  poster.classList.add('aside');
  const aside = bands();
  const lines = poster.querySelector('.keep, .calls');
  return {plain, aside, lines: each(poster.matches('.urgent') ? whats : items, '--item', () => high(lines))};
}
