"""Rules about films, pictures, scenes and recordings."""
