(paper, {titles, sides, levels}) => {
  const poster = paper.querySelector('.poster');
  const part = name => poster.querySelector(name), column = part('.column');
  const set = (piece, name, value) => piece.style.setProperty(name, value);
  const wide = piece => piece.scrollWidth > piece.clientWidth + 1;
  const high = piece => wide(piece) ? 1e6 : piece.getBoundingClientRect().height * 25.4 / 96;
  const all = names => Object.fromEntries([...poster.querySelectorAll(names)].map(p => [p.dataset.key, high(p)]));
  const bands = titles.map(size => { set(part('.about'), '--title', size + 'pt'); return high(part('.about')); });
  const boxes = sides.map(([warning, item]) => {
    set(part('.warning'), '--warning', warning + 'pt'); set(part('.keep'), '--item', item + 'pt');
    return all('.warning, .keep');
  });
  const others = part('.variant') !== null;
  const words = levels.map(([text, phone]) => {
    set(column, '--text', text + 'pt'); set(column, '--phone', phone + 'mm');
    column.classList.add('bare');
    const bare = all('.told');
    column.classList.remove('bare');
    return [bare, others ? all('.told') : bare];
  });
  return {bands, boxes, words, fixed: all('.heading')};
}
