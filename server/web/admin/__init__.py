"""Setting a hall up in the browser: the catalogue's draft, its versions, devices, secrets, and what was decided."""
