"""Contact sheets: every scene of every film that was built, to be looked at.

`python -m tests.contact [FOLDER]` reads `dist/clips` (or FOLDER) and writes `.hocso/contact/*.png`: a film a row, of
each scene with a tap the moment of the press and the end, of the others the end.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from tests.films import apart, grey_frames, sized_frames

ROOT = Path(__file__).resolve().parent.parent
WIDTH, HEIGHT, ROWS = 400, 225, 8


def scenes_of(grey: list[bytes]) -> list[tuple[int, int]]:
    """First and last frame of each: the strip at the lower edge goes one piece further, the picture changes wholly."""
    strip = [np.frombuffer(frame, np.uint8).reshape(180, 320)[178] < 128 for frame in grey]
    cuts = [at + 1 for at, (one, two) in enumerate(pairwise(strip)) if (one != two).mean() > 0.04]
    return list(zip([0, *cuts], [*(cut - 1 for cut in cuts), len(grey) - 1], strict=True))


def moments(grey: list[bytes]) -> list[int]:
    """The frames to show."""
    found = []
    for first, last in scenes_of(grey):
        moving = [at for at in range(first + 1, last + 1) if apart(grey[at - 1], grey[at]) > 0.02]
        found += [*([moving[len(moving) // 2]] if moving else []), last]
    return found


def row_of(film: Path) -> Any:
    pictures = [np.frombuffer(frame, np.uint8).reshape(HEIGHT, WIDTH, 3)
                for frame in sized_frames(film, moments(grey_frames(film)), WIDTH, HEIGHT)]
    return np.hstack([cv2.copyMakeBorder(one, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=(90, 90, 90)) for one in pictures])


def main(words: list[str]) -> int:
    folder = Path(words[0]) if words else ROOT / "dist/clips"
    films = sorted(film for film in folder.glob("*.mp4") if not film.stem.endswith("-720x1280"))
    target = ROOT / ".hocso/contact"
    target.mkdir(parents=True, exist_ok=True)
    for at in range(0, len(films), ROWS):
        rows = [row_of(film) for film in films[at : at + ROWS]]
        width = max(row.shape[1] for row in rows)
        sheet = [np.pad(row, ((0, 0), (0, width - row.shape[1]), (0, 0))) for row in rows]
        name = target / f"{at // ROWS + 1:02d}.png"
        cv2.imwrite(str(name), np.vstack(sheet))
        print(name, ", ".join(film.stem for film in films[at : at + ROWS]))
    return 0 if films else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
