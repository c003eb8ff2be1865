"""Reading: content files and the ledger become one frozen Handbook, with all findings at once."""
