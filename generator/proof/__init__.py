"""Proof of finished files: reads PDFs, pictures and the ledger, and nothing else."""
