"""Migrations, in order. They only go forwards: the way back is the copy that is made before one runs."""
