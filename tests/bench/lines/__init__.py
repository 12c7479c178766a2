"""Lines: one module for each family of figures."""
