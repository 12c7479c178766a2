"""One module per revision; it never changes after its release and imports nothing of ours."""
