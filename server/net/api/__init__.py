"""The API over HTTP: one table of operations, from which routes, checks, the OpenAPI document and its page are made."""
