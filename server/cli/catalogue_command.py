"""`loket-server catalogue`: check a file, publish it, show the one that is published."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from server.app.catalogue_file import CatalogueError, Severity, check, read_catalogue
from server.app.ports import CatalogueStore, StoredCatalogue
from server.cli.failing import FAILED, CommandError
from server.cli.saying import say


def check_file(file: Path) -> int:
    """Every mistake with its line; 0 when there are no errors."""
    mistakes = check(_text(file))
    for mistake in mistakes:
        say(f"{file}: {mistake}")
    errors = sum(mistake.severity is Severity.ERROR for mistake in mistakes)
    say(f"{file}: {errors} errors, {len(mistakes) - errors} warnings")
    return FAILED if errors else 0


def import_file(store: CatalogueStore, file: Path, now: datetime) -> int:
    published = publish(store, file, now)
    say(f"Published as version {published.version}; a running server takes it within seconds.")
    return 0


def show(store: CatalogueStore) -> int:
    versions = store.catalogue_versions()
    if not versions:
        raise CommandError("There is no catalogue yet: publish one with `loket-server catalogue import FILE`.")
    say(versions[-1].text.rstrip("\n"))
    return 0


def publish(store: CatalogueStore, file: Path, now: datetime) -> StoredCatalogue:
    """Raises CommandError with every mistake; then nothing was published."""
    text = _text(file)
    earlier = [version.text for version in store.catalogue_versions()]
    try:
        read_catalogue(text, version=len(earlier) + 1, today=now.date(), earlier=earlier)
    except CatalogueError as error:
        mistakes = "".join(f"\n{file}: {mistake}" for mistake in error.mistakes)
        raise CommandError(f"{file} was not published: mistakes: {len(error.mistakes)}.{mistakes}") from None
    return store.publish_catalogue(text, now)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise CommandError(f"{file} is not text in UTF-8.") from None
