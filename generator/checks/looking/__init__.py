"""What all rules look at and with: the matter, places in it, words and their lists."""
