"""The press: the machines products share, each the only importer of its library."""
