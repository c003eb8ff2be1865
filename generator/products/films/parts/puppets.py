"""The figures of a stage, as the browser measures and draws them: a few poses each, cut close.

Whoever stands behind the stage's lower edge goes on below it as they are at that edge, so that no gap opens under them
when they rise.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from generator.handbook.recorded.composing import ACCENT
from generator.press.film import Window
from generator.products.films.parts.stage import Box, Stage, plot, windowed

if TYPE_CHECKING:
    from generator.press.remember import Sheet

HIDDEN = ".stage .layer { visibility: hidden }"
"""The frame without its figures, which move over it."""
MEASURE = """() => {
  const stage = document.querySelector('.stage'), whole = stage.getBoundingClientRect();
  const unit = whole.height / stage.viewBox.baseVal.height;
  return [...stage.querySelectorAll('.layer')].map(layer => {
    const box = layer.getBoundingClientRect();
    return [(box.left - whole.left) / unit, (box.top - whole.top) / unit, box.width / unit, box.height / unit]
      .map(value => Math.round(value * 10) / 10);
  });
}"""
BELOW = 3
"""Units below the stage; what is drawn there too was cut by its edge."""
RISE = 24
"""More than any gesture lifts."""
DRAW = """async ([accent, wide, width, height, below, rise, figures]) => {
  const tint = getComputedStyle(document.querySelector('.frame')).getPropertyValue('--accent').trim() || accent;
  const blank = (wide, high) => Object.assign(document.createElement('canvas'), { width: wide, height: high });
  const unit = height / 300, deep = height + Math.round(below * unit), canvas = blank(width, deep);
  const brush = canvas.getContext('2d', { willReadFrequently: true });
  const load = async svg => {
    const picture = new Image();
    picture.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(
      `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${wide} ${deep / unit}" width="${width}" height="${deep}">`
      + svg.replaceAll(accent, tint) + '</svg>');
    await picture.decode();
    return picture;
  };
  const cut = () => {
    const dots = new Uint32Array(brush.getImageData(0, 0, width, deep).data.buffer);
    let left = width, right = -1, top = deep, bottom = -1;
    for (let at = 0; at < dots.length; at++) if (dots[at]) {
      const x = at % width, y = at / width | 0;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      bottom = y;
    }
    return right < 0 ? null : [left & ~1, top & ~1, right + 1, bottom + 1];
  };
  const told = [];
  for (const [front, back, foot, poses] of figures) {
    const sides = [await load(front), back ? await load(back) : null], drawn = [];
    for (const [tilt, narrow, other] of poses) {
      brush.setTransform(1, 0, 0, 1, 0, 0);
      brush.clearRect(0, 0, width, deep);
      brush.translate(foot[0] * unit, foot[1] * unit);
      brush.rotate(tilt * Math.PI / 180);
      brush.scale(narrow, 1);
      brush.translate(-foot[0] * unit, -foot[1] * unit);
      brush.drawImage(other && sides[1] || sides[0], 0, 0);
      const box = cut();
      if (!box || box[1] >= height) { drawn.push(['', 0, 0]); continue; }
      const across = box[2] - box[0], high = Math.min(box[3], height) - box[1];
      const more = box[3] === deep ? Math.round(rise * unit) : 0;
      const small = blank(across, high + more), to = small.getContext('2d', { willReadFrequently: true });
      to.drawImage(canvas, -box[0], -box[1]);
      if (more) {
        to.clearRect(0, high, across, more);
        to.drawImage(canvas, box[0], height - 1, across, 1, 0, high, across, more);
      }
      drawn.push([small.toDataURL('image/png').split(',')[1], box[0], box[1]]);  // at once: a blob waits for idle time
    }
    told.push(drawn);
  }
  return told;
}"""


def perform(stage: Stage, frames: int, sheet: Sheet) -> Window:
    """On a page that shows the stage."""
    boxes = [Box(*box) for box in sheet.evaluate(MEASURE)]
    figures, marks, poses = plot(stage, boxes, frames)
    asked = [[figure.svg, figure.back, figure.foot, kinds] for figure, kinds in zip(figures, poses, strict=True)]
    told = sheet.evaluate(DRAW, [ACCENT, stage.wide, stage.box[2], stage.box[3], BELOW, RISE, asked])
    drawn = {(at, number): (base64.b64decode(png), x, y) for at, kinds in enumerate(told)
             for number, (png, x, y) in enumerate(kinds)}
    return windowed(stage, marks, poses, drawn)
