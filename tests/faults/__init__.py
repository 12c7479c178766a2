"""The faults a hall really meets, one module each, named by the number that docs/promises.md gives them."""
