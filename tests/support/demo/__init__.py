"""The demo: the real programs as processes of their own, on a real or a virtual screen."""
