"""The API for its human readers: one page, made from the same table as the routes and the OpenAPI document."""
