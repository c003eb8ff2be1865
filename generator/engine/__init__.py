"""Steps 4–6: items and their bench, making them, the store of what was made, publishing."""
