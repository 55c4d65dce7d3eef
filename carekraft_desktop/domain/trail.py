"""An export of the journal that anybody can check: one line an entry, each bound to the one before.

The file is JSON Lines. The first line is the head; its SHA-256 is the first link. Each entry's
line ends in `,"link":"..."}`: the SHA-256 of the link before it followed by the line's own bytes
up to that comma. The last line counts the entries, repeats the last link and carries an Ed25519
signature (RFC 8032). So no key of the office is needed to check it, and no program of ours: see
docs/journal.md.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from typing import Any

from msgspec.structs import asdict

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

FORMAT = "ck-journal-1"
_MARK = b',"link":"'
_LONGEST = 20_000
"""Bytes of a line; entries hold ids and codes and need some hundred."""

Sign = Callable[[bytes], bytes]
Check = Callable[[bytes, bytes, bytes], bool]
"""Given a public key, a message and a signature."""


class Head(Value, frozen=True):
    """What the export says of itself."""

    store: str
    """Id of the store it was taken from."""
    made_at: Moment
    made_by: str
    """Staff id of whoever took and signed it."""
    key: bytes
    """Their public key, Ed25519."""
    whole: bool
    """Whether the journal's own keyed chain was intact when it was exported."""


class Line(Value, frozen=True):
    """One entry of the journal, ids and codes only."""

    n: int
    at: Moment
    staff: str
    device: str
    action: str
    object: str
    detail: str
    outcome: str


class Flaw(StrEnum):
    """What is wrong with an export."""

    NOT_A_JOURNAL = "not-a-journal"
    UNREADABLE = "unreadable"
    LINK = "link"
    """The line, or one before it, was altered, put in or moved."""
    NUMBER = "number"
    """An entry is missing before it."""
    CUT = "cut"
    """The end is missing, or does not count what is there."""
    SIGNATURE = "signature"
    MORE = "more"
    """Something was added behind the end."""


class Report(Value, frozen=True):
    """What a check found."""

    entries: int
    """How many were right, up to the flaw if there is one."""
    flaw: Flaw | None = None
    line: int = 0
    """The first wrong line of the file, from 1."""
    key: bytes = b""
    """Whose signature it is."""
    made_by: str = ""
    whole: bool = True
    """What the head says of the journal it was taken from."""


def written(head: Head, entries: Iterable[Line], sign: Sign) -> Iterator[bytes]:
    """The lines of an export, each with its line feed."""
    first = _json(
        {
            "format": FORMAT,
            "store": head.store,
            "made_at": head.made_at,
            "made_by": head.made_by,
            "key": base64.b64encode(head.key).decode(),
            "whole": head.whole,
        }
    )
    yield first + b"\n"
    link, count = _hash(first), 0
    for entry in entries:
        body = _json(asdict(entry))[:-1]
        link = _hash(link.encode() + body)
        yield body + _MARK + link.encode() + b'"}\n'
        count += 1
    signature = base64.b64encode(sign(_closing(head.store, count, link))).decode()
    yield _json({"count": count, "last": link, "signature": signature}) + b"\n"


def checked(lines: Iterable[bytes], check: Check) -> Report:
    """Check an export, line by line; never raises for what is in it."""
    source = enumerate(lines, 1)
    _, first = next(source, (1, b""))
    head = _read(first)
    if head.get("format") != FORMAT:
        return Report(0, Flaw.NOT_A_JOURNAL, 1)
    try:
        key = base64.b64decode(str(head["key"]), validate=True)
    except (KeyError, ValueError):
        return Report(0, Flaw.NOT_A_JOURNAL, 1)
    found = Report(0, None, 1, key, str(head.get("made_by", "")), head.get("whole") is True)
    return _entries(source, found, str(head.get("store", "")), _hash(_bare(first)), check)


def _entries(
    source: Iterator[tuple[int, bytes]], found: Report, store: str, link: str, check: Check
) -> Report:
    count, last_n, at = 0, None, 1
    for at, line in source:
        said = _read(line)
        if not said:
            return _flawed(found, count, Flaw.UNREADABLE, at)
        if "signature" in said:
            return _end(source, found, said, _closing(store, count, link), (count, link, at), check)
        body, mark, _ = _bare(line).rpartition(_MARK)
        link_here = _hash(link.encode() + body)
        if not mark or said.get("link") != link_here:
            return _flawed(found, count, Flaw.LINK, at)
        if last_n is not None and said.get("n") != last_n + 1:
            return _flawed(found, count, Flaw.NUMBER, at)
        link, last_n, count = link_here, said.get("n"), count + 1
    return _flawed(found, count, Flaw.CUT, at + 1)


def _end(
    source: Iterator[tuple[int, bytes]],
    found: Report,
    said: dict[str, Any],
    closing: bytes,
    so_far: tuple[int, str, int],
    check: Check,
) -> Report:
    count, link, at = so_far
    if (said.get("count"), said.get("last")) != (count, link):
        return _flawed(found, count, Flaw.CUT, at)
    try:
        signature = base64.b64decode(str(said["signature"]), validate=True)
    except ValueError:
        return _flawed(found, count, Flaw.SIGNATURE, at)
    if not check(found.key, closing, signature):
        return _flawed(found, count, Flaw.SIGNATURE, at)
    if next(source, None) is not None:
        return _flawed(found, count, Flaw.MORE, at + 1)
    return Report(count, None, 0, found.key, found.made_by, found.whole)


def fingerprint(key: bytes) -> str:
    """A public key as people compare it: eight groups of four letters."""
    letters = base64.b32encode(hashlib.sha256(key).digest()[:20]).decode()
    return "-".join(letters[at : at + 4] for at in range(0, 32, 4))


def _flawed(found: Report, count: int, flaw: Flaw, line: int) -> Report:
    return Report(count, flaw, line, found.key, found.made_by, found.whole)


def _closing(store: str, count: int, link: str) -> bytes:
    return f"{FORMAT} {store} {count} {link}".encode()


def _bare(line: bytes) -> bytes:
    return line.removesuffix(b"\n")


def _read(line: bytes) -> dict[str, Any]:
    """The object on a line, nothing if there is none."""
    if len(line) > _LONGEST:
        return {}
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _json(value: dict[str, Any]) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=True).encode()


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
