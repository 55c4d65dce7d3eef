"""The disposal: what is due is destroyed, with a record, once a night (REQ-81..83).

The record is opened first and closed last; in between everything goes in small transactions, so
that people act meanwhile. The store refuses whatever is not due or lies under a hold
(`store/migrations`, s0015 and s0016); what is found here is only what it will let go.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta

from carekraft_desktop import __version__
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.retention import BACKUP_DAYS, Life, draft, referral
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import segments, step_up, withdrawal
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.withdrawal import Around
from carekraft_desktop.store import (
    aging,
    disposals,
    erasures,
    facts,
    holds,
    kept,
    paperwork,
    patients,
    records,
    referrals,
    retention,
    visits,
)
from carekraft_desktop.store.disposals import DISPOSED, HELD, Line, Run
from carekraft_desktop.store.erasures import Erasure
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.kept import Piece
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value, replace

AT_ONCE = 50
"""Things in one transaction."""
MOST = 5_000
"""Things of one kind in one run; what is left comes with the next."""


class Due(Value, frozen=True):
    """One thing that is due, and how it goes."""

    kind: str
    id: str
    life: Life
    patient_id: str
    """Empty for paperwork and what was set aside."""
    drop: Callable[[Writing], None]
    held: bool = False
    """A hold lies on it, as far as `due` was asked."""


def now(desk: Desk, again: StepUp | None) -> Run:
    """Somebody does not wait for the night.

    Raises:
        NotPermitted: only the privacy officer may.
        PasswordAgain: there is no fresh proof (REQ-19).
    """
    desk.require(Right.KEEP_RECORDS, "disposal.run")
    step_up.require(desk, again, "disposal.run")
    return run(desk)


def due(desk: Desk, *, most: int = 200) -> tuple[Due, ...]:
    """What the next disposal will look at; what lies under a hold is among it."""
    desk.require(Right.KEEP_RECORDS, "disposal.due")
    with desk.store.read() as unit:
        found = _found(unit, withdrawal.around(unit, desk.now()), most=most)
        return tuple(replace(each, held=_stays(unit, each)) for each in found)


def run(desk: Desk) -> Run:
    """Dispose of what is due; for the night, or for whoever was let do it before."""
    with desk.store.write() as unit:
        how = withdrawal.around(unit, desk.now())
        made = Run(desk.ids.new(), desk.now(), how.today, desk.staff.id)
        disposals.begin(unit, made)
        desk.note(unit, "disposal.begin", made.id)
    with desk.store.read() as unit:
        found = _found(unit, how, most=MOST)
    for at in range(0, len(found), AT_ONCE):
        with desk.store.write() as unit:
            for each in found[at : at + AT_ONCE]:
                _dispose(unit, desk, made.id, each)
    segments.archive(desk, how)
    with desk.store.write() as unit:
        disposals.end(unit, made.id, desk.now())
        # Only now does a hold that was released meanwhile let go: the next run takes what it held.
        passed = holds.pass_over(unit, desk.now())
        ended = disposals.runs(unit, most=1)[0]
        desk.note(unit, "disposal.end", made.id, detail=f"{ended.disposed}:{ended.held}:{passed}")
    return ended


def _dispose(unit: Writing, desk: Desk, run_id: str, each: Due) -> None:
    stays = _stays(unit, each)
    if not stays:
        each.drop(unit)
    outcome = HELD if stays else DISPOSED
    disposals.add(unit, run_id, Line(each.kind, each.id, each.life, outcome))
    if each.kind == "patient" or each.kind.startswith("kept."):
        desk.note(
            unit,
            "patient.disposed",
            each.patient_id,
            detail=each.life.kept.value,
            outcome="held" if stays else "done",
        )


def _stays(unit: Reading, each: Due) -> bool:
    return holds.on(unit, each.patient_id) if each.patient_id else holds.on_paper(unit)


def _found(unit: Reading, how: Around, *, most: int) -> list[Due]:
    found = list(_kept(unit, how, most))
    found += _bookings(unit, how, most)
    found += _referrals(unit, how, most)
    found += _patients(unit, how, most)
    found += _set_aside(unit, how, most)
    found += _paper(unit, how, most)
    return found[:most]


def _kept(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    for piece in kept.due(unit, how.today, most=most):
        yield Due(
            f"kept.{piece.kind}",
            f"{piece.id}{'.' if piece.part else ''}{piece.part}",
            piece.life,
            piece.patient_id,
            _dropping(piece),
        )


def _dropping(piece: Piece) -> Callable[[Writing], None]:
    return lambda unit: kept.drop(unit, piece)


def _bookings(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    """Visits that never happened."""
    for id_ in aging.bookings(unit, how.table, how.now, after="", most=most):
        body = records.one(unit, "booking", id_)
        if body is None:
            continue
        patient_id = str(body["patient_id"])
        person = retention.person(unit, patient_id, how.now, how.zone)
        life = withdrawal.visit_life(person, id_, how)
        if life.due <= how.today:
            yield Due("booking", id_, life, patient_id, _booking_gone(id_, how))


def _booking_gone(id_: str, how: Around) -> Callable[[Writing], None]:
    def drop(unit: Writing) -> None:
        _stone(unit, "booking", [id_], how)
        visits.remove(unit, [id_])

    return drop


def _patients(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    """People whose whole record is due: the newest visit's day decides."""
    for id_ in aging.patients(unit, how.table, how.now, after="", most=most):
        person = retention.person(unit, id_, how.now, how.zone)
        life = withdrawal.record_life(person, how)
        if life.due <= how.today and (person.visits or person.decided is not None):
            yield Due("patient", id_, life, id_, _patient_gone(id_, how))


def _patient_gone(id_: str, how: Around) -> Callable[[Writing], None]:
    def drop(unit: Writing) -> None:
        person = retention.person(unit, id_, how.now, how.zone)
        withdrawal.keep_permissions(unit, person, how)
        mine = [each.id for each in person.visits]
        numbers = [str(each["number"]) for each in records.of(unit, "booking", id_)]
        erasures.name_numbers(unit, id_, numbers)
        for kind, ids in (
            ("patient", [id_]),
            ("booking", mine),
            *(
                (table, [str(each["id"]) for each in records.of(unit, table, id_)])
                for table in ("consent", "coverage", "referral")
            ),
        ):
            _stone(unit, kind, ids, how)
        referrals.forget(unit, [id_])
        visits.remove(unit, mine)
        patients.forget(unit, [id_])

    return drop


def _referrals(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    for id_ in aging.referrals(unit, how.table, how.now, after="", most=most):
        body = records.one(unit, "referral", id_)
        if body is None:
            continue
        patient_id = str(body["patient_id"])
        own = None
        if patient_id:
            person = retention.person(unit, patient_id, how.now, how.zone)
            own = withdrawal.record_life(person, how) if person.last_seen is not None else None
        sent = retention.day_of(int(body["sent_at"] or 0), how.zone)
        life = referral(sent, own, how.table)
        if life.due <= how.today:
            yield Due("referral", id_, life, patient_id, _referral_gone(id_, how))


def _referral_gone(id_: str, how: Around) -> Callable[[Writing], None]:
    def drop(unit: Writing) -> None:
        _stone(unit, "referral", [id_], how)
        referrals.remove(unit, [id_])

    return drop


def _set_aside(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    for kind, id_, at in aging.set_aside(unit, _days_ago(how), most=most):
        life = draft(retention.day_of(at, how.zone), how.table)
        if life.due <= how.today:
            yield Due(f"set-aside.{kind}", id_, life, "", _set_aside_gone(kind, id_))


def _set_aside_gone(kind: str, id_: str) -> Callable[[Writing], None]:
    def drop(unit: Writing) -> None:
        aging.drop_set_aside(unit, kind, id_)
        if kind != "unfinished":
            # The next version of the program may understand it: it then asks for all once more.
            facts.put(unit, Fact.LEFT_OUT, __version__)

    return drop


def _paper(unit: Reading, how: Around, most: int) -> Iterable[Due]:
    for sheet in paperwork.due(unit, how.today, most=most):
        yield Due(sheet.table, sheet.key, sheet.life, "", _paper_gone(sheet))


def _paper_gone(sheet: paperwork.Sheet) -> Callable[[Writing], None]:
    return lambda unit: paperwork.drop(unit, sheet)


def _stone(unit: Writing, kind: str, ids: Iterable[str], how: Around) -> None:
    """What is disposed of does not come back by a late page, a resync or a backup."""
    complete = (how.today + timedelta(days=BACKUP_DAYS)).isoformat()
    erasures.note(
        unit,
        [
            Erasure(
                erasures.hashed(unit, kind, id_),
                kind,
                version,
                how.now,
                erasures.DISPOSED,
                complete_on=complete,
            )
            for id_, version in erasures.versions_of(unit, kind, ids)
        ],
    )


def _days_ago(how: Around) -> Moment:
    return how.now - how.table.draft_days * aging.DAY + aging.DAY


def last(unit: Reading) -> Run | None:
    """The newest disposal that ended; for the page of how things stand."""
    return next((each for each in disposals.runs(unit) if each.ended_at), None)
