"""Commands beside `build` and `check`; nothing but the command line knows them."""
