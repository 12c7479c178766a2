"""Speech without a network: espeak-ng in the process, sound as a value, and where it is played."""
