"""TLS in a hall without the internet: a certificate authority of its own, and the certificate that programs see."""
