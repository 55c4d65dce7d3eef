"""The rows of each folder of referrals, and how many need somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.referrals import Folder, Referral, Stage, folder, overdue
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Row, Tone
from carekraft_desktop.presenters.referral_board_state import ACCOUNTING, FolderState
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.referrals import Arrived, Board, Line
    from carekraft_desktop.store.ledger import Line as LedgerLine

_TONE: dict[Stage, Tone] = {
    Stage.DRAFT: Tone.QUIET,
    Stage.SAVED: Tone.OFFERED,
    Stage.REFUSED: Tone.BAD,
    Stage.PROPOSED: Tone.REQUESTED,
    Stage.BOOKED: Tone.CONFIRMED,
    Stage.RESCHEDULED: Tone.LATE,
    Stage.DECLINED: Tone.CANCELLED,
    Stage.CANCELLED: Tone.CANCELLED,
}
_ICON = {Stage.DRAFT: "circle-dashed", Stage.SAVED: "hourglass", Stage.REFUSED: "circle-x"}


class Look(Value, frozen=True):
    """The board as one person looks at it, at one moment."""

    board: Board
    ledger: tuple[tuple[LedgerLine, str], ...]
    """The disclosures, each with the patient's name; read only in their own place."""
    staff: Staff
    now: Moment
    when: OfficeTime

    def line(self, key: str) -> Line | None:
        """The office's own referral with this id."""
        return next((line for line in self.board.sent if line.referral.id == key), None)

    def arrived(self, key: str) -> Arrived | None:
        """Another office's referral with this id."""
        return next((each for each in self.board.received if each.record.id == key), None)


def folders(look: Look) -> tuple[FolderState, ...]:
    """Every folder that the person may look into, with how many are in it."""
    found = []
    for each in Folder:
        if each is Folder.RECEIVED:
            count = _unanswered(look)
            urgent = count > 0
        else:
            count = len(_in(look, each))
            urgent = each is Folder.ATTENTION and count > 0
        found.append(FolderState(each.value, words.FOLDER[each], count, urgent))
    if look.staff.may(Right.SEE_ACCOUNTING):
        found.append(FolderState(ACCOUNTING, words.ACCOUNTING, 0))
    return tuple(found)


def rows(look: Look, chosen: str) -> tuple[Row, ...]:
    """What is in a folder."""
    if chosen == ACCOUNTING:
        return tuple(_ledger_row(look, line, name) for line, name in look.ledger)
    if chosen == Folder.RECEIVED:
        return tuple(_arrived_row(look, each) for each in look.board.received)
    return tuple(_row(look, line) for line in _in(look, Folder(chosen)))


def empty(chosen: str) -> Empty:
    """Why nothing is in a folder."""
    found = words.ACCOUNTING_EMPTY if chosen == ACCOUNTING else words.EMPTY[Folder(chosen)]
    return Empty(found.title, found.advice, icon="waypoints")


def mark_of(look: Look, referral: Referral) -> Mark:
    """How one of the office's own stands."""
    if overdue(referral, look.now):
        return Mark(words.OVERDUE, Tone.LATE)
    return _mark(referral.stage)


def arrived_mark(arrived: Arrived) -> Mark:
    """How another office's stands."""
    stage = arrived.record.stage
    if arrived.answering:
        return Mark("Answer on its way", Tone.OFFERED, "hourglass")
    if stage is Stage.PROPOSED:
        return Mark(words.ARRIVED, Tone.REQUESTED)
    return _mark(stage)


def time_of(look: Look, referral: Referral) -> str:
    """When it is for; empty before a time is chosen."""
    if referral.start:
        return look.when.day_and_clock(referral.start)
    return "Parts of days" if referral.work.wishes else ""


def _mark(stage: Stage) -> Mark:
    return Mark(words.STAGE[stage], _TONE[stage], _ICON.get(stage, ""))


def _in(look: Look, wanted: Folder) -> list[Line]:
    return [line for line in look.board.sent if folder(line.referral, look.now) is wanted]


def _unanswered(look: Look) -> int:
    return sum(
        each.record.stage is Stage.PROPOSED and not each.answering for each in look.board.received
    )


def _row(look: Look, line: Line) -> Row:
    referral, entry = line.referral, line.entry
    with_ = entry.name if entry is not None else "Not chosen yet"
    return Row(
        referral.id,
        (
            Cell(line.name or wording.NAME_MISSING, strong=True),
            Cell(with_),
            Cell(time_of(look, referral)),
            Cell("", mark=mark_of(look, referral)),
        ),
    )


def _arrived_row(look: Look, arrived: Arrived) -> Row:
    record = arrived.record
    return Row(
        record.id,
        (
            Cell(arrived.name or wording.NAME_MISSING, strong=True),
            Cell(f"Office {record.from_npi}"),
            Cell(look.when.day_and_clock(record.start) if record.start else "No time yet"),
            Cell("", mark=arrived_mark(arrived)),
        ),
    )


def _ledger_row(look: Look, line: LedgerLine, name: str) -> Row:
    return Row(
        line.id,
        (
            Cell(name or "Withdrawn", strong=True),
            Cell(f"Provider {line.recipient}"),
            Cell(look.when.day_and_clock(line.at)),
            Cell(f"{line.what}, {line.purpose}"),
        ),
    )
