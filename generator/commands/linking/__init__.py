"""`hocso links`: asks every outside address whether it still opens, and writes down the answers."""
