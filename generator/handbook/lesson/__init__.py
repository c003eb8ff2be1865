"""Reads one lesson: sections, steps, screens, quiz, running text."""
