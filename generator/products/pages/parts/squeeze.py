"""Styles and scripts as small as pages can carry them. The only importer of rcssmin and rjsmin."""

from __future__ import annotations

import re
from functools import lru_cache

import rcssmin
import rjsmin


@lru_cache(maxsize=16)
def squeeze_style(css: str) -> str:
    """Tokens nobody uses are left out."""
    used = set(re.findall(r"var\((--[\w-]+)", css))
    known = re.sub(r"(--[\w-]+):[^;{}]*;", lambda match: match[0] if match[1] in used else "", css)
    return str(rcssmin.cssmin(known))


@lru_cache(maxsize=16)
def squeeze_script(script: str) -> str:
    return str(rjsmin.jsmin(script))
