"""The referral that is looked at: how it stands, what was sent, what can be done with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.referrals import (
    AFTER,
    Folder,
    Record,
    Referral,
    Stage,
    Step,
    overdue,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import carried, wording, wording_errors
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Mark, Tone
from carekraft_desktop.presenters.referral_board_state import ACCOUNTING, Deed, PaneState
from carekraft_desktop.presenters.referral_folders import arrived_mark, mark_of, time_of
from carekraft_desktop.presenters.referral_state import Option, digit
from carekraft_desktop.presenters.times import ago, written_date
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.presenters.referral_folders import Look
    from carekraft_desktop.services.referrals import Arrived, Line


class Question(Value, frozen=True):
    """What is asked about a referral before something is done with it."""

    words: str
    rows: tuple[Option, ...]
    """Reasons or times, of which one is taken."""


def question(look: Look, openings: tuple[Opening, ...]) -> Question:
    """Which of these times is given; without any, for what reason it is declined."""
    if openings:
        rows = tuple(
            Option(
                look.when.stretch(each.start, each.end),
                "",
                look.when.short_day(each.start),
                digit(n),
            )
            for n, each in enumerate(openings)
        )
        return Question(words.TIMES.title, rows)
    reasons = tuple(
        Option(words.DECLINED[code], digit=digit(n)) for n, code in enumerate(DeclineCode)
    )
    return Question(words.DECLINE_ASK.title, reasons)


def pane(look: Look, chosen: str, selected: str, asked: Question | None = None) -> PaneState | None:
    """What is looked at in a folder; with the rows of a question about it, if one is asked."""
    if chosen == ACCOUNTING:
        return _ledger_pane(look, selected)
    if chosen == Folder.RECEIVED:
        arrived = look.arrived(selected)
        return _arrived_pane(look, arrived, asked) if arrived is not None else None
    line = look.line(selected)
    return _sent_pane(look, line) if line is not None else None


def _sent_pane(look: Look, line: Line) -> PaneState:
    referral, entry = line.referral, line.entry
    work, record = referral.work, referral.record
    facts = [("When", time_of(look, referral) or "Not chosen yet")]
    if entry is not None:
        facts = [
            ("With", entry.name),
            ("Where", f"{entry.line}, {entry.city} {entry.state} {entry.zip5}"),
            ("Telephone", entry.phone),
            *facts,
        ]
    sent_at = record.sent_at if record is not None else 0
    facts.append(("Sent", look.when.day_and_clock(sent_at) if sent_at else "Not yet"))
    message, raw = _message(look, work.message)
    return PaneState(
        title=line.name or wording.NAME_MISSING,
        mark=mark_of(look, referral),
        sentences=_sentences(look, referral, record, arrived=carried.arrived(line.way))
        + carried.sentences(line.way, referral.stage),
        facts=tuple(fact for fact in facts if fact[1]),
        deeds=_deeds(referral) if look.staff.may(Right.REFER) else (),
        message=message,
        raw=raw,
    )


def _message(look: Look, data: bytes) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The members of what was sent as a person reads them, and the same values to the letter."""
    if not data:
        return (), ()
    parts = payload.parts(payload.read(data).booking)
    shown = tuple((words.field(name), _as_read(look, name, value)) for name, value in parts)
    return shown, tuple(value for _, value in parts)


def _as_read(look: Look, name: str, value: str) -> str:
    """A moment on the office's clock, a day as people write it, all else as it was sent."""
    if name in payload.MOMENTS:
        return look.when.day_and_clock(payload.moment(value))
    if name == "birth_date" or name.endswith(".date"):
        return written_date(value)
    return value


def _sentences(
    look: Look, referral: Referral, record: Record | None, *, arrived: bool = True
) -> tuple[str, ...]:
    """What is said of it; `arrived`: it is not on its way to a partner any more."""
    found = [words.STAGE_ADVICE[referral.stage]] if arrived else []
    if referral.stage is Stage.REFUSED:
        why = words.PROBLEM.get(referral.problem)
        plain = wording_errors.PROBLEMS.get(referral.problem) or wording_errors.STOPPED.get(
            referral.problem
        )
        found.insert(0, f"{why.title}." if why is not None else plain or "It was refused.")
    if record is not None and record.decline_code:
        found.insert(0, f"{words.DECLINED[record.decline_code]}.")
    if record is not None and record.cancel_code:
        found.insert(0, f"{words.CANCELLED[record.cancel_code]}.")
    if overdue(referral, look.now):
        found.append(words.OVERDUE_ADVICE)
    return tuple(found)


def _deeds(referral: Referral) -> tuple[Deed, ...]:
    lawful = AFTER[referral.stage]
    found = []
    if Step.EDIT in lawful:
        found.append(Deed("open", "Go on", "Enter", "calendar-plus", primary=True))
    if Step.AGAIN in lawful:
        found.append(Deed("again", "Book again", "B", "refresh-cw", primary=True))
    if referral.stage is Stage.SAVED:
        found.append(Deed("undo", "Take back", "Z", "undo-2"))
    elif Step.CANCEL in lawful:
        found.append(Deed("cancel", "Cancel it", "C", "ban", danger=True))
    if Step.SEEN in lawful and not referral.seen:
        found.append(Deed("seen", "Seen", "R", "check"))
    if Step.DISCARD in lawful:
        found.append(Deed("discard", "Throw away", "Del", "x", danger=True))
    return tuple(found)


def _arrived_pane(look: Look, arrived: Arrived, asked: Question | None) -> PaneState:
    record = arrived.record
    waits = record.stage is Stage.PROPOSED and not arrived.answering
    may = waits and look.staff.may(Right.REFER)
    deeds = (
        (
            Deed("accept", "Accept", "A", "check", primary=True),
            Deed("decline", "Decline", "D", "x", danger=True),
        )
        if may
        else ()
    )
    when = look.when.day_and_clock(record.start) if record.start else "No time yet"
    facts = [
        ("From office", record.from_npi),
        ("Call back", record.from_phone),
        ("When", when),
        ("Received", f"{ago(max(0, look.now - record.sent_at))} ago"),
    ]
    message, raw = _message(look, record.message)
    return PaneState(
        title=arrived.name or wording.NAME_MISSING,
        mark=arrived_mark(arrived),
        facts=tuple(facts),
        deeds=deeds if asked is None else (),
        message=message,
        raw=raw,
        asking=asked.rows if asked is not None else (),
        ask=asked.words if asked is not None else "",
    )


def _ledger_pane(look: Look, selected: str) -> PaneState | None:
    found = next(((line, name) for line, name in look.ledger if line.id == selected), None)
    if found is None:
        return None
    line, name = found
    return PaneState(
        title=name or "Withdrawn",
        mark=Mark(line.what, Tone.COMPLETED),
        facts=(
            ("Recipient", f"Provider {line.recipient}"),
            ("When", look.when.day_and_clock(line.at)),
            ("Purpose", line.purpose),
            ("Permission", line.permission_id),
            ("Fingerprint", f"{line.digest[:8]} {line.digest[8:16]}"),
        ),
    )
