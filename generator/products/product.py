"""What a file of products says of itself: `PRODUCT = Product("leaflet", Text("tờ rơi", "leaflets"), …)`."""

from __future__ import annotations

from dataclasses import dataclass

from generator.ground.findings import Text


@dataclass(frozen=True)
class Product:
    """One kind of output. All tables about products are derived from these."""

    name: str
    """The word typed on the command line, and the name of its file."""
    label: Text
    """What editors and whoever watches a build read."""
    standard: bool = True
    """Made when no product is named; others are made only by name."""
    paper: bool = False
    """Takes a browser."""
    last: bool = False
    """Made of what all others made: of use to whoever carries the site away, not to whoever previews it."""
