"""The exchange's log on standard error: one line for each event, as JSON or for people.

Nothing in it names a person or an office: messages of the hub are fixed words and kinds of
errors, requests are told by their route's pattern. What other libraries log is left out, since
nobody here knows what it would quote.
"""

import logging
import os
import sys
from datetime import UTC, datetime
from typing import IO

from msgspec import json

NAME = "carekraft_desktop.hub"
REQUESTS = f"{NAME}.requests"
FORMATS = ("json", "text")


class JsonLines(logging.Formatter):
    """One JSON object a line: at, level, process, event, and what belongs to the event."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "process": os.getpid(),
            "event": record.getMessage(),
        }
        facts = getattr(record, "facts", None)
        if isinstance(facts, dict):
            told |= facts
        return json.encode(told).decode()


class TextLines(logging.Formatter):
    """The same for people: time, level, event, then facts as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%d %H:%M:%SZ")
        facts = getattr(record, "facts", None) or {}
        more = "".join(f" {name}={value}" for name, value in facts.items())
        return f"{at} {record.levelname.lower()} {record.getMessage()}{more}"


def begin(form: str, *, requests: bool, to: IO[str] | None = None) -> None:
    """Write the hub's own events from now on; a line for each request when that is asked for."""
    handler = logging.StreamHandler(to or sys.stderr)
    handler.setFormatter(JsonLines() if form == "json" else TextLines())
    root = logging.getLogger(NAME)
    for each in list(root.handlers):
        root.removeHandler(each)
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    root.propagate = False
    logging.getLogger(REQUESTS).setLevel(logging.INFO if requests else logging.WARNING)
