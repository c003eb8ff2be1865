paper => {
  const poster = paper.querySelector('.poster'), low = piece => piece.getBoundingClientRect().bottom;
  const wide = [...poster.querySelectorAll('h1, h2, p, li')].filter(p => p.scrollWidth > p.clientWidth + 1);
  const floor = low(poster) - parseFloat(getComputedStyle(poster).paddingBottom);
  return [low(poster.querySelector('.foot')) - floor, wide.map(p => p.textContent.trim().slice(0, 60))];
}
