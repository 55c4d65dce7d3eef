"""What a patient is handed on paper: the record, the accounting, and the letter that goes along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.asking import Denial, Result
from carekraft_desktop.presenters import record_words, wording, wording_paper
from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters.asked_sheet import dollars
from carekraft_desktop.presenters.paper import Sheet
from carekraft_desktop.presenters.times import short_day, written_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.asking import Request
    from carekraft_desktop.domain.copying import Fee
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import OfficeUses
    from carekraft_desktop.services.accounting import Report
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handing import Handed
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.store.rights import Amendment


class Letters:
    """Writes sheets; prints nothing."""

    def __init__(
        self, office: OfficeUses, official: Callable[[Desk], str], when: Callable[[], OfficeTime]
    ) -> None:
        """`official`: the name of whoever answers for privacy; `when`: how times are spelled."""
        self._office, self._official, self._when = office, official, when

    def sheet(self, desk: Desk, handed: Handed, name: str) -> Sheet:
        """Everything held, or the accounting."""
        if handed.report is not None:
            return self._accounting(desk, handed.report, name)
        when = self._when()
        rows = []
        for table, records in handed.everything.items():
            for number, record in enumerate(records, 1):
                title = record_words.TITLE[table]
                part = f"{title} {number}" if len(records) > 1 else title
                for member, value in record_words.written(record, when):
                    rows.append((part, member, value))
                    part = ""
        title = words.RECORD_TITLE.format(office=self._name(desk), name=name or words.GONE)
        said = _given_to(handed.request)
        return Sheet(title, words.RECORD_HEADS, tuple(rows), self._footer(desk), said=said)

    def _accounting(self, desk: Desk, report: Report, name: str) -> Sheet:
        when = self._when()
        rows = tuple(
            (
                short_day(when.day(each.at)) + f", {when.day(each.at).year}",
                each.recipient,
                each.address,
                each.what,
                each.purpose,
            )
            for each in report.entries
        )
        title = words.ACCOUNTING_TITLE.format(office=self._name(desk), name=name or words.GONE)
        said = (
            f"{written_date(report.since.isoformat())} to {written_date(report.until.isoformat())}",
        )
        if not rows:
            return Sheet(title, (), (), self._footer(desk), said=(*said, words.NOTHING_TOLD))
        return Sheet(title, words.ACCOUNTING_HEADS, rows, self._footer(desk), said=said)

    def letter(self, desk: Desk, line: Line, amendment: Amendment | None) -> Sheet:
        """The letter that fits how the request stands."""
        request = line.request
        office = self._office.office(desk)
        name = office.name if office is not None else wording.PROGRAM
        said = words.LETTER[_which(request)].format(
            kind=words.KIND[request.kind].lower(),
            by=written_date(request.day.isoformat()),
            reason=_reason(request, amendment).lower(),
        )
        parts = [words.LETTER_OPEN.format(name=line.name or words.GONE), said]
        if request.to is not None and request.outcome is Result.HANDED_OVER:
            parts[-1] = words.SENT_TO.format(name=request.to.name, address=request.to.address)
        if request.fee.cents:
            parts.append(_fee(request.fee))
            if request.open and not request.fee.may_go_on:
                parts.append(words.FEE_ASK)
        parts.append(
            words.LETTER_END.format(
                official=self._official(desk) or desk.staff.display,
                office=name,
                phone=office.phone if office is not None else "",
            )
        )
        title = words.LETTER_TITLE.format(
            office=name, day=written_date(request.received_on.isoformat())
        )
        return Sheet(title, (), (), self._footer(desk), said=tuple(parts))

    def _name(self, desk: Desk) -> str:
        office = self._office.office(desk)
        return office.name if office is not None else wording.PROGRAM

    def _footer(self, desk: Desk) -> str:
        return wording_paper.printed_by(desk.staff.display, self._when().day_and_clock(desk.now()))


def _given_to(request: Request) -> tuple[str, ...]:
    """Whoever else gets it sees by what right."""
    if request.to is None:
        return ()
    day = written_date(request.to.signed_on.isoformat())
    return (words.GIVEN_TO.format(name=request.to.name, address=request.to.address, day=day),)


def _fee(fee: Fee) -> str:
    sums = (fee.copying, fee.supplies, fee.postage)
    parts = ", ".join(
        said.format(fee=dollars(each))
        for said, each in zip(words.FEE_PART, sums, strict=True)
        if each
    )
    return words.FEE_WORDS.format(fee=dollars(fee.cents), parts=parts)


def _which(request: Request) -> str:
    if request.outcome is not None:
        return request.outcome.value
    return "extended" if request.reason is not None else "open"


def _reason(request: Request, amendment: Amendment | None) -> str:
    if request.outcome is Result.DENIED and amendment is not None and amendment.denial:
        return words.DENIAL[Denial(amendment.denial)]
    return words.DELAY[request.reason] if request.reason is not None else ""
