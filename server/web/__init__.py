"""Pages for people with a browser: one folder for each family of pages."""
