"""What one step of the way to a referral shows, and the words of what went wrong there."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.errors import CareKraftError, MessageRefused, ReferralRefused, Refused
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Empty, Problem
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.contract.specialties import Specialty
    from carekraft_desktop.domain.directory import Entry
    from carekraft_desktop.services.directory import Shelf


DIGITS = 9
"""Rows that a digit takes."""


class At(IntEnum):
    """The steps, in their order."""

    WHO = 0
    AGREE = 1
    PROVIDER = 2
    TIME = 3
    CHECK = 4


class Option(Value, frozen=True):
    """One row to take."""

    text: str
    detail: str = ""
    group: str = ""
    """The heading above it."""
    digit: str = ""
    marked: bool = False
    """A favourite, or a part of a day that was named."""
    live: bool = True


class Filters(Value, frozen=True):
    """What the directory is narrowed by: the words of each choice, and which one is taken."""

    groups: tuple[str, ...] = ()
    group: int = 0
    distances: tuple[str, ...] = ()
    distance: int = 0
    plans: tuple[str, ...] = ()
    plan: int = 0
    languages: tuple[str, ...] = ()
    language: int = 0
    new_only: bool = False
    typed: str = ""


class How(Value, frozen=True):
    """The small choices on the last step."""

    first_visit: bool = True
    modes: tuple[str, ...] = ()
    mode: int = 0
    earliest_ok: bool = False


class WizardState(Value, frozen=True):
    """One step with the summary beside it."""

    at: At
    title: str
    advice: str
    summary: tuple[tuple[str, str], ...] = ()
    options: tuple[Option, ...] = ()
    note: str = ""
    """The age of what is shown."""
    busy: bool = False
    empty: Empty | None = None
    problem: Problem | None = None
    warning: str = ""
    """That the specialty itself tells much."""
    agreed: bool = False
    filters: Filters | None = None
    referring: tuple[str, ...] = ()
    """The office's own providers, of whom one is acted for."""
    acting_for: int = 0
    script: tuple[str, ...] = ()
    """What to say on the telephone, line by line."""
    how: How | None = None
    message: tuple[tuple[str, str], ...] = ()
    """What will leave, member by member."""
    residual: str = ""
    proof: str = ""
    """Number of bytes and fingerprint."""
    can_send: bool = False
    send: str = ""
    can_call: bool = False


def groups_of(entry: Entry, allowed: frozenset[Specialty]) -> tuple[Specialty | None, ...]:
    """For an organisation one row for each group that can be booked; one row for a person."""
    if not entry.organisation:
        return (None,)
    return tuple(each for each in entry.groups if each in allowed) or entry.groups


def offer(
    entry: Entry,
    heading: str,
    distance: float | None,
    group: Specialty | None,
    *,
    digit: str,
    starred: bool,
) -> Option:
    """The row of one provider, for one group."""
    parts = (
        words.SPECIALTY[group or entry.groups[0]],
        f"{entry.city} {entry.zip5}",
        words.miles(distance),
        "" if entry.new_patients else words.NO_NEW,
    )
    return Option(entry.name, ", ".join(filter(None, parts)), heading, digit, marked=starred)


def nobody(shelf: Shelf) -> Empty:
    """Why nobody is listed."""
    if shelf.wrong_number:
        return Empty(words.WRONG_NUMBER.title, words.WRONG_NUMBER.advice, icon="hash")
    if shelf.at is None:
        return Empty(words.NO_DIRECTORY.title, words.NO_DIRECTORY.advice, icon="cloud-off")
    return Empty(words.NOBODY_FITS.title, words.NOBODY_FITS.advice, icon="search")


def problem_of(error: CareKraftError) -> Problem:
    """A failure in the words of the referral pages, where they have some."""
    if isinstance(error, ReferralRefused):
        return refused(Refusal(error.refusal))
    if isinstance(error, MessageRefused):
        return refused(Refusal.SCHEMA)
    if isinstance(error, Refused) and error.problem in words.PROBLEM:
        found = words.PROBLEM[error.problem]
        return Problem(found.title, found.advice, error.problem)
    return Problem.of(error)


def refused(refusal: Refusal) -> Problem:
    """Why it may not be, for the person at the desk."""
    found = words.REFUSAL[refusal]
    return Problem(found.title, found.advice, refusal.value)


def digit(row: int) -> str:
    """The key that takes a row, counted from 0; empty below those that have one."""
    return str(row + 1) if row < DIGITS else ""
