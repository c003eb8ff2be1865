([titles, items, most]) => {
  const share = document.querySelector('.share'), title = share.querySelector('h1');
  const boxes = [share, ...share.querySelectorAll('.about, .keep, .way')];
  const lines = [...share.querySelectorAll('h1, li, .number')];
  const fits = () => boxes.every(box => box.scrollHeight <= box.clientHeight + 1)
    && lines.every(line => line.scrollWidth <= line.clientWidth + 1);
  for (const item of items) for (const size of titles) {
    share.style.setProperty('--title', size + 'px');
    share.style.setProperty('--item', item + 'px');
    if (title.offsetHeight < (most + 0.5) * 1.1 * size && fits()) return true;
  }
  return false;
}
