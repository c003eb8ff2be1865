"""The rules of plain language: one rule, one file, its docstring in the editor's words."""
