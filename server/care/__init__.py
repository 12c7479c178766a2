"""Care: what a server does for itself while the hall is open. Backups, a look at the disk, a look at the database."""
