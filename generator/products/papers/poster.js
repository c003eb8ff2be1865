(paper, {titles, items, whats, stages, most, between: [least, last]}) => {
  const poster = paper.querySelector('.poster'), title = poster.querySelector('h1'), urgent = poster.matches('.urgent');
  const set = (name, value) => poster.style.setProperty(name, value);
  const low = piece => piece.getBoundingClientRect().bottom;
  const floor = () => low(poster) - parseFloat(getComputedStyle(poster).paddingBottom) + 0.5;
  const lines = [...poster.querySelectorAll('h1, h2, p, li')], foot = poster.querySelector('.foot');
  const fits = () => title.offsetHeight * 25.4 / 96 <= most && low(foot) <= floor()
    && lines.every(line => line.scrollWidth <= line.clientWidth + 1);
  for (const stage of urgent ? [0] : [...stages, 0]) {
    poster.classList.toggle('aside', !stage);
    set('--stage', stage + 'mm');
    for (const size of titles) {
      set('--title', size + 'pt');
      for (const item of urgent ? whats : items) {
        set('--item', item + 'pt');
        if ((urgent || item * least <= size && size <= item * last) && fits()) return true;
      }
    }
  }
  return false;
}
