"""What carries the others: codes, server files, the stick."""
