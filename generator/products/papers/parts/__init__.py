"""What papers share; never asked for by name."""
