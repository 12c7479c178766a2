"""Reports: which figures are shown of which part of the hall and of which days. No database, no drawing."""
