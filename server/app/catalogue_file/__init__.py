"""The catalogue file: one TOML text that describes a site, read into a catalogue, or checked mistake by mistake."""

from server.app.catalogue_file.mistakes import CatalogueError, Code, Mistake, Severity
from server.app.catalogue_file.reading import check, read_catalogue

__all__ = ["CatalogueError", "Code", "Mistake", "Severity", "check", "read_catalogue"]
