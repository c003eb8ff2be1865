(paper, [titles, most, edge]) => {
  const share = paper.querySelector('.share'), title = share.querySelector('h1');
  const lines = [...share.querySelectorAll('h1, p:not(.draft), .calls li')], whole = share.getBoundingClientRect();
  const low = piece => piece.getBoundingClientRect().bottom;
  const fits = () => lines.every(line => line.scrollWidth <= line.clientWidth + 1 && low(line) <= whole.bottom - edge + 0.5)
    && [...share.querySelectorAll('.calls')].every(calls => calls.scrollHeight <= calls.clientHeight + 1)
    && low(title) <= low(share.querySelector('.told')) + 0.5;
  for (const torn of [false, true]) {  // a word wider than the picture is torn, and the picture made all the same
    share.classList.toggle('torn', torn);
    for (const size of titles) {
      share.style.setProperty('--title', size + 'px');
      if (title.offsetHeight < (most + 0.5) * 1.1 * size && fits()) return true;
    }
  }
  return false;
}
