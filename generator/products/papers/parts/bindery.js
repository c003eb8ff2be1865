/* Where the pages of a lesson begin, and how high its scene stands. All ways to cut it are weighed: no heading closes a
   page, nor a heading with a single step; no page ends above a third; the code is never alone on its page; questions stay
   together where that takes no page more. Gives back how many pages that makes, for whoever prints it to compare. */
(paper, [width, height]) => {
  const lesson = paper.querySelector(".topic");
  lesson.style.width = `${width}px`;
  const TALL = [0, 170, 210, 250, 290];
  const OVER = 1e6, LONE = 4e3, POOR = 3e3, TORN = 24;

  const flat = node => node.matches("ul:not(.answers), ol") ? [...node.children] : [node];
  const blocks = [...lesson.children].flatMap(flat).filter(node => node.getBoundingClientRect().height > 0);
  const is = (index, what) => Boolean(blocks[index]) && blocks[index].matches(what);
  const HEADING = "h3, h4, .titled", LEADS = `${HEADING}, .unseen, .band`;
  const steps = blocks.findIndex(node => node.matches(".step"));
  const last = blocks.length - 1;

  const measure = () => {
    const tops = blocks.map(node => node.getBoundingClientRect().top);
    tops.push(lesson.getBoundingClientRect().bottom);
    const above = blocks.map(node => parseFloat(getComputedStyle(node).marginTop));
    return (from, to) => tops[to + 1] - tops[from] + above[from];
  };

  /* Of a page that holds the blocks from the one to the other. */
  const weigh = (used, from, to) => {
    if (used > height && !blocks.slice(from, to).every(node => node.matches(LEADS))) return Infinity;
    let cost = 130 + (used > height ? OVER : 0);
    const full = used / height, next = to + 1;
    if (to === last) return cost + (is(from, ".end") ? LONE : 0) + (from && full < 0.36 ? POOR * (1.36 - full) : 0);
    if (is(to, LEADS)) cost += OVER;
    if (to === steps && is(next, ".step")) cost += POOR;
    else if (is(to - 1, HEADING) && !is(next, HEADING)) cost += 40;
    if (full < 0.36) cost += POOR * (1.36 - full);
    cost += 60 * (1 - full) ** 2;
    if (is(next, ".end")) cost += LONE;
    if (is(next, ".question")) return cost + (is(to, ".question") ? TORN : 4);
    return cost + (is(next, HEADING) ? -8 : is(next, "li") ? 8 : 0);
  };

  const cut = used => {
    const best = [...blocks.map(() => [Infinity, last]), [0, last]];
    for (let from = last; from >= 0; from--) {
      for (let to = from; to <= last; to++) {
        const cost = weigh(used(from, to), from, to);
        if (cost === Infinity) break;
        if (cost + best[to + 1][0] < best[from][0]) best[from] = [cost + best[to + 1][0], to];
      }
    }
    return best;
  };

  const band = lesson.querySelector(".band"), stage = band && band.querySelector(".stage");
  const stand = tall => {
    if (!stage) return;
    band.classList.toggle("tall", tall > 0);
    stage.style.height = tall ? `${tall}px` : "";
  };
  const ways = (stage ? TALL : [0]).map(tall => {
    stand(tall);
    const best = cut(measure());
    return [best[0][0] - tall / 20, tall, best];
  });
  const [, tall, best] = ways.reduce((one, other) => other[0] < one[0] ? other : one);
  stand(tall);
  let pages = 1;
  for (let at = best[0][1] + 1; at <= last; at = best[at][1] + 1, pages++) blocks[at].style.breakBefore = "page";
  return pages;
}
