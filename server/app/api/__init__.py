"""What other systems may ask of the server over HTTP: keys, resources, public facts. No transport in here."""
