"""A disk that can lose power: what SQLite wrote and flushed is recorded, and any cut of it can be looked at."""
