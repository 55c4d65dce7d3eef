"""Choosing from a short list inside the pane: a reason, or another time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act, Cancel, Decline
from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.words import Words
from carekraft_desktop.value import Guarded, Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carekraft_desktop.presenters.times import OfficeTime


class Option(Value, frozen=True):
    """One thing to choose."""

    text: str
    group: str = ""
    """The heading above it: a day; empty for a plain list."""
    digit: str = ""
    """The key that takes it at once, empty when there are too many."""


class OtherTime(Value, frozen=True):
    """The field for a time of the office's own choice."""

    typed: str = ""
    reading: str = wording.OTHER_TIME_HINT
    """How it is understood so far, and what is against it."""
    problem: str = ""


class ChoiceState(Guarded, frozen=True):
    """Everything in the list."""

    act: Act
    title: str
    advice: str
    options: tuple[Option, ...]
    providers: tuple[str, ...] = ()
    """Names to choose the provider from; empty when the list is of reasons."""
    provider: int = 0
    openings: tuple[Opening, ...] = ()
    other: OtherTime | None = None
    """The field for a time that nobody published; None for reasons."""
    to: Opening | None = None
    """Where it is to go, once only the reason is missing."""

    @property
    def empty(self) -> Words | None:
        """Why there is nothing to choose."""
        return None if self.options else wording.NO_OPENINGS

    @property
    def by_reason(self) -> bool:
        """Whether what is asked for is why a time is taken that is not free."""
        return self.to is not None


def reasons(act: Act, name: str) -> ChoiceState:
    """Why the office declines or cancels; the patient reads a fixed sentence for each."""
    words = wording.DECLINE if act is Act.DECLINE else wording.CANCEL
    title = f"Decline {name}" if act is Act.DECLINE else f"Cancel the visit of {name}"
    return ChoiceState(
        act=act,
        title=title,
        advice="Choose the reason the patient is told, or press its number.",
        options=tuple(
            Option(text, digit=str(number)) for number, text in enumerate(words.values(), 1)
        ),
    )


def reason(act: Act, row: int) -> Decline | Cancel:
    """The reason that stands in a row of the list."""
    return tuple(Decline)[row] if act is Act.DECLINE else tuple(Cancel)[row]


def overlap(act: Act, name: str, to: Opening, clash: str, when: OfficeTime) -> ChoiceState:
    """Why a visit goes where another one is, or where nobody works."""
    verb = "Move" if act is Act.MOVE else "Offer"
    joint = "to" if act is Act.MOVE else "at"
    words = wording.OVERLAP.values()
    return ChoiceState(
        act=act,
        title=f"{verb} {name} {joint} {when.day_and_clock(to.start)}",
        advice=wording.OVERLAP_ADVICE.format(clash=clash),
        options=tuple(Option(text, digit=str(n)) for n, text in enumerate(words, 1)),
        to=to,
    )


def times(
    act: Act,
    name: str,
    free: Iterable[Opening],
    *,
    providers: tuple[str, ...],
    provider: int,
    when: OfficeTime,
) -> ChoiceState:
    """Free published times of one provider, under the day they are on."""
    openings = tuple(free)
    verb = "Move" if act is Act.MOVE else "Offer another time to"
    advice = (
        "The patient is told the new time."
        if act is Act.MOVE
        else "The patient is asked whether the new time suits."
    )
    return ChoiceState(
        act=act,
        title=f"{verb} {name}",
        advice=advice,
        options=tuple(
            Option(when.stretch(o.start, o.end), group=when.short_day(o.start)) for o in openings
        ),
        providers=providers,
        provider=provider,
        openings=openings,
        other=OtherTime(),
    )
