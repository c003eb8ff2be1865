"""`make bench`: side-by-side figures, all measured in one run."""
