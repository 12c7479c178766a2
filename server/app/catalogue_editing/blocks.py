"""Blocks: where in the text each thing stands, so that it can be taken out, moved and rewritten without the others.

A block is a thing's header, its lines and the comment right above it. Headings of the file ("# --- Zones ---") stand
between blocks and stay where they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from server.app.catalogue_editing.kinds import Writing
from server.app.catalogue_editing.schema import KINDS
from server.app.catalogue_file.lines import Path, scan


class ScatteredError(Exception):
    """The text says a thing in another way than one header of its own: it cannot be edited in pieces."""


@dataclass(frozen=True, slots=True)
class Block:
    """Lines, counted from 0; `end` is behind the last."""

    owner: Path
    """("service", 3), ("hours", "office"), ("site",)"""
    start: int
    """With the comment that belongs to it."""
    header: int
    end: int


def blocks_of(text: str) -> list[Block]:
    """From top to bottom. `text` is TOML. Raises ScatteredError."""
    lines = lines_of(text)
    headers = [(line - 1, _owner(path)) for line, path in scan(text).headers]
    _refuse_content_before(lines, headers)
    firsts = [
        (line, owner) for index, (line, owner) in enumerate(headers) if not index or headers[index - 1][1] != owner
    ]
    if len({owner for _, owner in firsts}) < len(firsts):
        raise ScatteredError
    blocks = []
    for index, (line, owner) in enumerate(firsts):
        following = firsts[index + 1][0] if index + 1 < len(firsts) else len(lines)
        blocks.append(Block(owner, _with_comment(lines, line), line, _content_end(lines, line, following)))
    return blocks


def lines_of(text: str) -> list[str]:
    """As the scanner counts them; joined they are the text."""
    lines = text.split("\n")
    return [f"{line}\n" for line in lines[:-1]] + ([lines[-1]] if lines[-1] else [])


def _owner(path: Path) -> Path:
    kind = KINDS.get(str(path[0]))
    if kind is None:
        return path[:1]
    if kind.writing is Writing.ONE:
        return path[:1]
    if len(path) < 2:
        raise ScatteredError  # [hours] with its templates inside
    return path[:2]


def _refuse_content_before(lines: Sequence[str], headers: Sequence[tuple[int, Path]]) -> None:
    first = headers[0][0] if headers else len(lines)
    if any(not _is_blank(line) and not _is_comment(line) for line in lines[:first]):
        raise ScatteredError  # service = [{...}], site.name = ...


def _with_comment(lines: Sequence[str], header: int) -> int:
    start = header
    while start > 0 and _is_comment(lines[start - 1]):
        start -= 1
    if start and start < header and not _is_blank(lines[start - 1]):
        return start  # it follows a thing directly
    return start if start > 0 else header  # the file's own head is nobody's


def _content_end(lines: Sequence[str], header: int, following: int) -> int:
    end = following
    while end - 1 > header and (_is_blank(lines[end - 1]) or _is_comment(lines[end - 1])):
        end -= 1
    return end


def _is_blank(line: str) -> bool:
    return not line.strip()


def _is_comment(line: str) -> bool:
    return line.lstrip().startswith("#")
