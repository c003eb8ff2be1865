"""`hocso diff`: what stands now beside what a revision held, as people get it."""
