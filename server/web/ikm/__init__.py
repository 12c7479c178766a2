"""The satisfaction index: results for those who steer, published periods for everybody, one sheet, the raw table."""
