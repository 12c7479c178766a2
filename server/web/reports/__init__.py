"""Reports: what days say in figures, on a page and as files."""
