"""What films share; never asked for by name."""
