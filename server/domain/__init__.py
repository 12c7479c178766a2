"""The trade itself. Pure: standard library and shared.vocabulary; `now` and ids are arguments."""
