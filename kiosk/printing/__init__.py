"""Paper: the slip's layout, its ESC/POS bytes, the printer, and the worker that keeps a bad printer from the screen."""
