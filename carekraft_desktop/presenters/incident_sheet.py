"""From an incident's file to what its sheet shows; decides nothing that the services do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from carekraft_desktop.domain import breach, breach_clocks
from carekraft_desktop.domain.breach import Conclusion, State
from carekraft_desktop.domain.breach_clocks import Addressee, Due
from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.machines import Against
from carekraft_desktop.domain.worst_day import Kind, steps_of
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters import wording_lost
from carekraft_desktop.presenters.incident_state import (
    DutyLine,
    FactorLine,
    Known,
    Sheet,
    StepLine,
)
from carekraft_desktop.presenters.pieces import Cell, Mark, Row, Tone
from carekraft_desktop.presenters.times import short_day

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.breach import Factors
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.incident_assessing import Clocks

_TONE = {
    State.PRESUMED: Tone.WARN,
    State.WAITS: Tone.REQUESTED,
    State.LOW: Tone.GOOD,
    State.EXCEPTION: Tone.GOOD,
    State.BREACH: Tone.BAD,
}
Name: TypeAlias = "Callable[[str], str]"
"""What colleagues read, by staff id."""


def mark(file: File) -> Mark:
    """How it stands, in a word."""
    if file.closed_at is not None:
        return Mark(words.CLOSED, Tone.COMPLETED)
    state = breach.state(file)
    icon = "circle-check" if _TONE[state] is Tone.GOOD else ""
    return Mark(words.STATE[state], _TONE[state], icon)


def row(file: File, clocks: Clocks, when: OfficeTime) -> Row:
    """Its line on the register."""
    return Row(
        file.id,
        (
            Cell(words.KIND[file.kind].title, strong=True),
            Cell(when.short_day(file.discovered)),
            Cell("", mark=mark(file)),
            _next(file, clocks),
        ),
    )


def _next(file: File, clocks: Clocks) -> Cell:
    if file.closed_at is not None:
        return Cell("")
    step = file.next_step()
    first = clocks.due[0] if clocks.due else None
    if first is not None and breach_clocks.overdue(first, clocks.today):
        return Cell("", mark=Mark(words.OVERDUE.format(day=short_day(first.by)), Tone.LATE))
    if step is not None:
        return Cell(words.NEXT_STEP.format(step=words.STEP[step].title))
    if first is not None:
        return Cell(words.NEXT.format(who=addressee(first), day=short_day(first.by)))
    return Cell("")


def addressee(one: Due) -> str:
    """Who is to be told."""
    return words.ADDRESSEE[one.who].format(state=one.state)


def steps(file: File, name: Name, when: OfficeTime) -> tuple[StepLine, ...]:
    """What to do, with what was done."""
    taken, turn = file.done(), file.next_step()
    found: list[StepLine] = []
    for step in steps_of(file.kind):
        said, done = words.STEP[step], taken.get(step)
        by = (
            words.DONE_BY.format(name=name(done.staff), at=when.day_and_clock(done.at))
            if done is not None
            else ""
        )
        found.append(StepLine(step, said.title, said.advice, by, now=step is turn))
    return tuple(found)


def known(file: File, when: OfficeTime) -> Known:
    """What is known, as it stands in the fields."""
    individuals = file.said(Entered.INDIVIDUALS)
    return Known(
        what=file.said(Entered.WHAT),
        who=file.said(Entered.WHO),
        systems=file.said(Entered.SYSTEMS),
        noticed=when.day(file.discovered).isoformat(),
        occurred=when.day(file.occurred).isoformat() if file.occurred else "",
        journal=file.said(Entered.JOURNAL),
        individuals=individuals,
        residents=", ".join(f"{state} {count}" for state, count in sorted(file.residents.items())),
        classes=frozenset(file.classes),
        secured=file.said(Entered.SECURED),
        containment=file.said(Entered.CONTAINMENT),
    )


def factor_lines(file: File, chosen: Factors) -> tuple[FactorLine, ...]:
    """The four questions with what may be answered."""
    found: list[FactorLine] = []
    for number, (name, _) in enumerate(breach.FACTORS):
        said = words.FACTOR[name]
        fixed = breach.fixed(file, name)
        options = tuple(
            (each.value, words.CHOICE[each.value]) for each in breach.choices(file, chosen, name)
        )
        open_ = () if fixed else (("", words.CHOICE[""]),)
        found.append(
            FactorLine(
                name,
                said.title,
                said.advice,
                (*open_, *options),
                getattr(chosen, name),
                chosen.links[number],
                fixed,
            )
        )
    return tuple(found)


def conclusions(file: File, chosen: Factors) -> tuple[tuple[str, str], ...]:
    """What may be concluded now."""
    return tuple(
        (each.value, words.CONCLUSION[each])
        for each in Conclusion
        if breach.may_conclude(file, chosen, each)
    )


def waits(file: File, name: Name) -> str:
    """What waits for the second person."""
    concluded = file.newest(Entered.CONCLUDED)
    if concluded is None or breach.state(file) is not State.WAITS:
        return ""
    what = words.CONCLUSION[Conclusion(concluded.value)]
    return words.WAITS.format(name=name(concluded.staff), what=what)


def duties(clocks: Clocks) -> tuple[DutyLine, ...]:
    """Who is to be told, the most pressing first."""
    found: list[DutyLine] = []
    for each in clocks.due:
        day = short_day(each.by)
        if each.delayed:
            by = words.DELAYED.format(day=day)
        elif each.yearly:
            by = words.YEARLY.format(day=f"{day}, {each.by.year}")
        elif each.state and each.who is not Addressee.MEDIA:
            by = words.OF_STATE.format(day=day, state=each.state)
        else:
            by = words.BY.format(day=day)
        key = f"{each.who.value}:{each.state if each.who is Addressee.MEDIA else ''}"
        late = breach_clocks.overdue(each, clocks.today)
        found.append(DutyLine(key, addressee(each), by, late))
    return tuple(found)


def whole(
    file: File,
    *,
    chosen: Factors,
    clocks: Clocks,
    open_points: tuple[str, ...],
    names: Mapping[str, str],
    name: Name,
    when: OfficeTime,
    me: str,
    machines: tuple[Row, ...] | None,
    stamp: int,
    practising: bool,
) -> Sheet:
    """Everything, for whoever keeps the register."""
    said = bare(file, name, when)
    reminder = words.REMINDER.format(day=clocks.reached) if clocks.reached and clocks.due else ""
    concluded = file.newest(Entered.CONCLUDED)
    own = concluded is not None and concluded.staff == me
    waiting = waits(file, name)
    return Sheet(
        file.id,
        said.title,
        said.opened,
        said.mark,
        said.steps,
        keeps=True,
        known=known(file, when),
        patients=words.PATIENTS.format(count=f"{len(file.patients):,}") if file.patients else "",
        factors=factor_lines(file, chosen),
        public=file.kind is Kind.PUBLIC_REPLY,
        conclusions=conclusions(file, chosen),
        waits=waiting,
        can_sign=bool(waiting) and (practising or not own),
        day=words.DAY_OF.format(day=clocks.days),
        reminder=reminder,
        duties=duties(clocks),
        told=bool(file.said(Entered.TOLD)),
        people=tuple(sorted(names.items(), key=lambda each: each[1])),
        violations=tuple(
            (staff, name(staff), outcome) for staff, outcome in file.violations().items()
        ),
        open_points=tuple(words.OPEN_POINT[point] for point in open_points),
        closed=_closed(file, when),
        machines=machines if file.kind is Kind.LOST_MACHINE else None,
        evidence=_evidence(file),
        stamp=stamp,
    )


def bare(file: File, name: Name, when: OfficeTime) -> Sheet:
    """The steps alone, for whoever opened it."""
    opened = words.OPENED.format(name=name(file.opened_by), at=when.day_and_clock(file.opened_at))
    title = words.KIND[file.kind].title
    return Sheet(file.id, title, opened, mark(file), steps(file, name, when))


def letter(
    file: File, *, office: str, phone: str, contact: str, when: OfficeTime
) -> tuple[tuple[str, str], ...]:
    """The five parts of the notice; it names nobody whose data it is about (REQ-103)."""
    occurred: Moment | None = file.occurred
    happened = (
        words.HAPPENED_WHEN.format(day=when.short_day(occurred))
        if occurred
        else words.HAPPENED_UNKNOWN
    )
    classes = ", ".join(words.CLASS[each].lower() for each in file.classes)
    contained = words.CONTAINED[file.said(Entered.CONTAINMENT)].lower()
    texts = (
        words.HAPPENED.format(
            day=when.short_day(file.discovered),
            what=words.KIND[file.kind].title.lower(),
            when=happened,
        ),
        words.INFORMATION.format(classes=classes or words.CLASS["contact"].lower()),
        words.YOU_CAN,
        words.WE_DO.format(containment=contained),
        words.CONTACT.format(office=office, phone=phone, name=contact),
    )
    return tuple(zip(words.PART, texts, strict=True))


def _closed(file: File, when: OfficeTime) -> str:
    return when.day_and_clock(file.closed_at) if file.closed_at is not None else ""


def _evidence(file: File) -> str:
    said = file.said(Entered.EVIDENCE)
    if not said:
        return ""
    found = json.loads(said)
    if "journal_known" in found:
        return words.journal_behind(found["journal_here"], found["journal_known"])
    if found.get("candidate", False):
        return words.CANDIDATE
    why = [wording_lost.AGAINST[Against(each)] for each in found.get("against", ())]
    return words.PRESUMED + "".join(f"\n\u2022 {each}" for each in why)
