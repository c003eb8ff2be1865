(paper, trials) => [...paper.querySelectorAll('.side')].map(side => {
  const over = () => side.scrollHeight - side.clientHeight;
  for (const [size, pictures] of trials) {
    side.style.setProperty('--text', size + 'pt');
    side.classList.toggle('bare', !pictures);
    if (over() <= 1) return 0;
  }
  return over() * 25.4 / 96;
})
