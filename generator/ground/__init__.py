"""What every room stands on: errors, files, findings, git history. They use only each other."""
