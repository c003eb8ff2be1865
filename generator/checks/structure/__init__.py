"""Rules about the form of lessons, alerts and the words in them."""
