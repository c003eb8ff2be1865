"""A new place: its file asked for line by line, and what is still empty in it."""
