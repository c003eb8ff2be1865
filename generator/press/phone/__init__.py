"""Draws a screen as a phone."""
