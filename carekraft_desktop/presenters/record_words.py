"""Stored records in words: each member with its name and value, for paper and for the officer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from carekraft_desktop.presenters.times import written_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carekraft_desktop.presenters.times import OfficeTime

TITLE: Final[dict[str, str]] = {
    "patient": "About you",
    "consent": "What you share",
    "coverage": "Insurance",
    "booking": "Booking",
    "mark": "What the desk marked on a booking",
    "permission": "Permission to book elsewhere",
    "referral": "Referral",
    "referral_work": "Referral in preparation",
    "ledger": "What was sent with a referral",
    "kept": "Kept after you withdrew your share",
    "patient_request": "What you asked of the office",
    "amendment": "What you wanted changed",
    "authorization": "Authorization you signed",
    "representative": "Who may act for you",
    "wish": "How you want to be reached",
    "no_contact": "That you do not want to be contacted",
    "outside": "What was told outside the office",
}
"""What each table is called to the patient; a test holds it against `store/records.py`."""
NAME: Final[dict[str, str]] = {
    "id": "Number in the store",
    "n": "Number in the store",
    "sort_name": "Name for lists",
    "prefers": "Preferred way",
    "by_guardian": "Decided by a guardian",
    "previous": "Previous providers",
    "held_start": "Time held from",
    "held_end": "Time held until",
    "npi": "Provider number",
    "due_on": "Due",
    "due_day": "Due",
    "start_day": "Kept since",
}
_MOMENTS: Final = frozenset(
    {
        "start",
        "end",
        "at",
        "until",
        "requested_at",
        "changed_at",
        "decided_at",
        "offered_start",
        "offered_end",
        "held_start",
        "held_end",
        "sent_at",
        "agreed_at",
        "made_at",
        "touched_at",
        "revoked_at",
        "set_at",
        "ended_at",
    }
)
_QUIET: Final = frozenset({"version", "n", "seen_version"})
"""Of use to the program only; they are in the JSON."""


def written(record: Mapping[str, str | int | None], when: OfficeTime) -> list[tuple[str, str]]:
    """Name and value of each member that has one."""
    found = []
    for name, value in record.items():
        if name in _QUIET or value is None or value in {"", "[]"}:
            continue
        if name == "body" and isinstance(value, str) and value.startswith("{"):
            inner: dict[str, str | int | None] = json.loads(value)
            found += written(inner, when)
            continue
        found.append((named(name), _value(name, value, when)))
    return found


def named(name: str) -> str:
    """A column as a person reads it."""
    return NAME.get(name, name.replace("_", " ").capitalize())


def _value(name: str, value: str | int, when: OfficeTime) -> str:
    if name in _MOMENTS and isinstance(value, int):
        return when.day_and_clock(value) if value else ""
    if name.endswith(("_on", "_day")) or name == "birth_date":
        return written_date(str(value))
    return str(value)
