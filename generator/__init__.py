"""The generator: compiles the handbook in `content/` into site, papers and codes."""

__version__ = "0.1.0"
