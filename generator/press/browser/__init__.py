"""One warm, offline Chromium: turns our pages into PDFs and pictures and measures them.

The only importer of playwright.
"""

from generator.press.browser.sheet import Sheet
from generator.press.browser.window import Browser
from generator.press.which_browser import browser_version, find_browser, install_hint

__all__ = ["Browser", "Sheet", "browser_version", "find_browser", "install_hint"]
