"""From a patient's request to what its sheet shows; decides nothing that the services do not."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from carekraft_desktop.domain.asking import BY_LAW, RESULTS, Asked, Denial, Result, Urgency
from carekraft_desktop.domain.copying import Directed, Fee
from carekraft_desktop.errors import CareKraftError, RequestUnclear
from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters.asked_state import Choices, FeeState, RecipientState
from carekraft_desktop.presenters.pieces import Cell, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.times import written_date

if TYPE_CHECKING:
    from collections.abc import Mapping

    from carekraft_desktop.domain.asking import Delay, Identity, Request
    from carekraft_desktop.domain.authorizing import Authorization
    from carekraft_desktop.domain.copying import FeeTold
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.store.rights import Amendment

COPIED = frozenset({Asked.ACCESS, Asked.ACCOUNTING})
"""Kinds that end with something in the patient's hand, and may cost something."""
_BY_HAND = frozenset({Result.ANSWERED, Result.AGREED, Result.NOT_AGREED, Result.TAKEN_BACK})
"""Endings that are said by a button; the others come with what is done."""


def row(line: Line) -> Row:
    """Its line on the register."""
    request = line.request
    return Row(
        request.id,
        (
            Cell(line.name or words.GONE, strong=True),
            Cell(words.KIND[request.kind]),
            Cell(written_date(request.day.isoformat())),
            Cell("", mark=_mark(request, line.urgency)),
        ),
    )


def facts(
    request: Request, amendment: Amendment | None, names: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """What is known of it, one below the other."""
    law = words.DAYS_BY_LAW if request.kind in BY_LAW else words.DAYS_OWN
    by = written_date(request.day.isoformat())
    found = [
        (words.CAME, written_date(request.received_on.isoformat())),
        (words.BY, f"{by} ({law})"),
        (words.WHO, words.REPRESENTATIVE if request.by_representative else words.SELF),
        (words.MADE_SURE, words.IDENTITY[request.identity] if request.identity else words.NOT_YET),
    ]
    if request.kind in COPIED:
        found.append((words.FEE, said_of_fee(request.fee)))
    if request.to is not None:
        found.append((words.GOES_TO, f"{request.to.name}, {request.to.address}"))
    found.append((words.TAKEN_BY, names.get(request.made_by, request.made_by)))
    if request.reason is not None:
        found.append((words.EXTENDED, words.DELAY[request.reason]))
    if amendment is not None:
        found.append((words.ASKED, amendment.asked))
        if amendment.denial:
            found.append((words.WHY_DENIED, words.DENIAL[Denial(amendment.denial)]))
        if amendment.disagreement:
            found.append((words.DISAGREEMENT, amendment.disagreement))
    if request.outcome is not None:
        found.append((words.DECISION, words.RESULT[request.outcome]))
    return tuple(found)


def said_of_fee(fee: Fee) -> str:
    """The fee with whether the patient knows it."""
    if not fee.cents:
        return words.NO_FEE
    if fee.told_on is None or fee.told is None:
        return words.FEE_NOT_TOLD.format(fee=dollars(fee.cents))
    day = written_date(fee.told_on.isoformat())
    how = words.FEE_TOLD[fee.told].lower()
    return words.FEE_KNOWN.format(fee=dollars(fee.cents), day=day, how=how)


def fee(request: Request) -> FeeState:
    """Its fields."""
    one = request.fee
    copying, supplies, postage = (
        dollars(part) if part else "" for part in (one.copying, one.supplies, one.postage)
    )
    return FeeState(copying, supplies, postage, tell=not one.may_go_on)


def fee_of(copying: str, supplies: str, postage: str) -> Fee:
    """The sums as they were typed.

    Raises:
        RequestUnclear: one is none.
    """
    return Fee(cents(copying), cents(supplies), cents(postage))


def recipient(request: Request, papers: tuple[Authorization, ...]) -> RecipientState:
    """Who may get it instead, and who does."""
    named = ""
    if request.to is not None:
        how = words.UNDER_PAPER if request.to.authorization_id else words.UNDER_WRITING
        day = written_date(request.to.signed_on.isoformat())
        named = how.format(name=request.to.name, address=request.to.address, day=day)
    codes = ("", *(each.id for each in papers))
    spoken = (
        words.WRITING,
        *(words.PAPER.format(name=each.recipient, what=each.description) for each in papers),
    )
    return RecipientState(Choices(codes, spoken), named)


def first(request: Request) -> tuple[str, ...]:
    """What has to be done before it can be handed over."""
    found = []
    if request.identity is None:
        found.append(words.FIRST_IDENTITY)
    if not request.fee.may_go_on:
        found.append(words.FIRST_FEE)
    return tuple(found)


def endings(request: Request) -> Choices:
    """How it may end by a button."""
    found = [each for each in RESULTS[request.kind] if each in _BY_HAND]
    return Choices(tuple(each.value for each in found), tuple(words.RESULT[each] for each in found))


def choices(
    found: Mapping[Identity, str]
    | Mapping[Delay, str]
    | Mapping[Denial, str]
    | Mapping[FeeTold, str],
) -> Choices:
    """Codes with their words."""
    return Choices(tuple(each.value for each in found), tuple(found.values()))


def cents(typed: str) -> int:
    """A sum in dollars as somebody types it, in cents; nothing for an empty field.

    Raises:
        RequestUnclear: it is none.
    """
    tidy = typed.strip().removeprefix("$").strip()
    whole, _, part = tidy.partition(".")
    digits = (whole or "0") + part.ljust(2, "0")
    if not (digits.isascii() and digits.isdigit()) or len(part) > 2 or len(digits) > 9:
        raise RequestUnclear("fee")
    return int(digits)


def directed(name: str, address: str, signed_on: str, authorization_id: str) -> Directed:
    """Who is named, as it was typed.

    Raises:
        RequestUnclear: the day is none.
    """
    if authorization_id:
        return Directed(name, address, date.min, authorization_id)
    try:
        return Directed(name, address, date.fromisoformat(signed_on.strip()))
    except ValueError:
        raise RequestUnclear("signed") from None


def dollars(cents_: int) -> str:
    """A sum in dollars, such as $12.50."""
    return f"${cents_ // 100:,}.{cents_ % 100:02}"


def problem(error: CareKraftError) -> Problem:
    """What stands against a step, in the words of this page where it has some."""
    said = words.UNCLEAR.get(error.detail) if isinstance(error, RequestUnclear) else None
    found = Problem.of(error)
    return Problem(said.title, said.advice, found.code) if said is not None else found


def _mark(request: Request, urgency: Urgency) -> Mark:
    if request.outcome is not None:
        return Mark(words.RESULT[request.outcome], Tone.QUIET, "circle-check")
    if urgency is Urgency.OVERDUE:
        return Mark(words.OVERDUE, Tone.BAD)
    if urgency is Urgency.SOON:
        return Mark(words.SOON, Tone.WARN, "clock")
    return Mark(words.OPEN, Tone.REQUESTED)
