"""Finishes PDFs so that they are the same byte for byte, lays pages on sheets, and reads structure back.

The only importer of pikepdf.
"""
