"""What pages share; never asked for by name."""
