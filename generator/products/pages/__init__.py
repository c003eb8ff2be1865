"""What is opened in a browser."""
