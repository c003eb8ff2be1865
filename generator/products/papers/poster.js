paper => {
  const poster = paper.querySelector('.poster');
  const wide = [...poster.querySelectorAll('h1, p, li')].filter(p => p.scrollWidth > p.clientWidth + 1);
  const full = [poster, ...poster.querySelectorAll('.halves, .main, .side, .column')];
  const over = Math.max(...full.map(p => p.scrollHeight - p.clientHeight));
  return [over, wide.map(p => p.textContent.trim().slice(0, 60))];
}
