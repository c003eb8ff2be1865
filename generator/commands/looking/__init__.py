"""`hocso look`: finished papers, films and pages as contact sheets, alone or beside those of an earlier build."""
