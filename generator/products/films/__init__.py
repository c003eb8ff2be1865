"""What moves or is spoken."""
