"""What may appear in a log or a report of a bug: codes, numbers, and ids behind a pseudonym.

It is a list of what may pass, not of what may not: a sentence, a name or a foreign library's
message is left out because nobody let it in, whatever it says.
"""

import hashlib
import hmac
import logging
import re
import secrets
import traceback
from datetime import UTC, datetime
from pathlib import PurePath

from carekraft_desktop.errors import CareKraftError

OURS = ("carekraft_desktop", "ui")
CODE = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+){0,9}", re.ASCII)
PLAIN_FIELDS = frozenset({"code", "remedy", "kind", "step", "state", "backend", "version", "topic"})
"""Fields whose text is one of our own words; the text of every other field is an id."""
PLAIN_TEXT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", re.ASCII)
WITHHELD = "(withheld)"
DEEPEST = 30  # frames, and errors in a chain

Field = str | int | float | bool | None


class Pseudonyms:
    """Turns an id into a short mark: the same for the same id, useless without the key."""

    def __init__(self, key: bytes | bytearray | None = None) -> None:
        """`key`: 32 bytes from the store; without it marks hold for this process only."""
        self._key = bytes(key) if key is not None else secrets.token_bytes(32)

    def mark(self, identifier: str) -> str:
        """`identifier` as `~` and ten hexadecimal digits of its HMAC-SHA256."""
        whole = hmac.digest(self._key, identifier.encode("utf-8", "replace"), hashlib.sha256)
        return "~" + whole.hex()[:10]


def fields(**values: Field) -> dict[str, dict[str, Field]]:
    """What goes with a log line: `log.info("page-applied", extra=fields(visit=id, items=40))`.

    Numbers are shown. Text is shown as a pseudonym, except in the fields of `PLAIN_FIELDS`.
    """
    return {"carekraft": values}


def describe(error: BaseException) -> str:
    """An error without anything it says: kinds, codes of our own, and places in the code.

    One line for each error of the chain, the cause last, with its frames as `file:line`.
    """
    lines: list[str] = []
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen and len(seen) < DEEPEST:
        seen.add(id(current))
        kind = type(current).__name__
        lines.append(f"{kind}({current.code})" if isinstance(current, CareKraftError) else kind)
        frames = traceback.extract_tb(current.__traceback__, limit=-DEEPEST)
        lines += [f"  {_place(frame.filename)}:{frame.lineno}" for frame in frames]
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden
    return "\n".join(lines)


def _place(filename: str) -> str:
    """A source file's name from its package on: no home folder, which may name a person."""
    parts = PurePath(filename).parts
    for root in OURS:
        if root in parts:
            return "/".join(parts[parts.index(root) :])
    return "/".join(parts[-2:]) if "site-packages" in parts else parts[-1] if parts else "?"


class RedactingFormatter(logging.Formatter):
    """Writes a record as time, level, source, code and fields; nothing else gets through."""

    def __init__(self, pseudonyms: Pseudonyms | None = None) -> None:
        """`pseudonyms`: can be exchanged later, once the store's key is at hand."""
        super().__init__()
        self.pseudonyms = pseudonyms or Pseudonyms()

    def format(self, record: logging.LogRecord) -> str:
        """One line, followed by the places in the code when there is an error."""
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        known = record.name.split(".")[0] in OURS
        message = record.msg if known and not record.args else WITHHELD
        if not (isinstance(message, str) and CODE.fullmatch(message)):
            message = WITHHELD
        line = f"{moment} {record.levelname} {record.name} {message}"
        if message == WITHHELD:
            line += f" {_place(record.pathname)}:{record.lineno}"
        line += "".join(self._field(name, value) for name, value in _extra(record).items())
        if record.exc_info and record.exc_info[1] is not None:
            line += "\n" + describe(record.exc_info[1])
        return line

    def _field(self, name: str, value: Field) -> str:
        if not isinstance(value, str):
            return f" {name}={value}"
        if name in PLAIN_FIELDS:
            return f" {name}={value if PLAIN_TEXT.fullmatch(value) else WITHHELD}"
        return f" {name}={self.pseudonyms.mark(value)}"


def _extra(record: logging.LogRecord) -> dict[str, Field]:
    """The fields that `fields` put into a record; anything of another kind is dropped."""
    given = getattr(record, "carekraft", None)
    if not isinstance(given, dict):
        return {}
    lawful = (str, int, float, bool, type(None))
    return {
        name: value
        for name, value in given.items()
        if isinstance(name, str) and CODE.fullmatch(name.replace("_", "-"))
        if isinstance(value, lawful)
    }
