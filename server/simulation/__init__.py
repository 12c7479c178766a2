"""A hall's day with a turned clock: the real lobby, invented visitors, and what each calling rule costs whom.

Needs simpy: `pip install loket[analysis]`.
"""
