"""Reports: what the periods of many days say, in figures that add up. Pure."""
