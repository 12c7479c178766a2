"""The commands of `loket-server`. Each says what went wrong in one sentence and exits with 2."""
