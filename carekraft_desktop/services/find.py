"""Find anyone: names in any order, nicknames, one slip forgiven, telephone, birth date, number."""

import functools

from msgspec.structs import fields

from carekraft_desktop import resources
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.finding import one_slip_apart, understand
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import journal, persons, search
from carekraft_desktop.store.search import Hit
from carekraft_desktop.store.unit import Reading

RECENT = 10
AGAIN = 60
"""Seconds within which a search of the same kind, letter by letter, is one search."""
FORGIVEN_FROM = 4
"""Letters from which on a slip is forgiven; shorter words are too much alike."""


def find(desk: Desk, typed: str, *, most: int = 20) -> tuple[Hit, ...]:
    """Patients who fit what was typed, by name; nothing typed gives nothing.

    Somebody who is found by the letters as typed comes before anyone who needs forgiving.
    """
    desk.require(Right.SEE_SCHEDULE, "search")
    wanted = understand(typed)
    if wanted.nothing:
        return ()
    now = desk.now()
    with desk.store.read() as unit:
        hits = search.find(unit, wanted, [_spellings(word) for word in wanted.words], now)
        if not hits and wanted.words:
            forgiving = [
                [*_spellings(word), *_slips(search.known_words(unit, near=word), word)]
                for word in wanted.words
            ]
            hits = search.find(unit, wanted, forgiving, now)
        hits = _as_people(unit, hits, now)
        noted = journal.lately(unit, "search", desk.staff.id, since=now - AGAIN)
    by = " ".join(each.name for each in fields(wanted) if getattr(wanted, each.name))
    if noted != by:
        with desk.store.write() as unit:
            desk.note(unit, "search", detail=by)
    return tuple(hits[:most])


def recent(desk: Desk) -> tuple[Hit, ...]:
    """Patients whose visits this person opened last."""
    desk.require(Right.SEE_SCHEDULE, "search")
    with desk.store.read() as unit:
        now = desk.now()
        found = search.recent(unit, desk.staff.id, now, most=RECENT)
        return tuple(_as_people(unit, found, now))


def _as_people(unit: Reading, hits: list[Hit], now: Moment) -> list[Hit]:
    """Records that somebody joined are one person, whose visit is the next of them all."""
    people = persons.joined(unit, [hit.patient_id for hit in hits])
    if not people:
        return hits
    beside = set(people) - {hit.patient_id for hit in hits}
    known = {hit.patient_id: hit for hit in (*hits, *search.of(unit, beside, now))}
    found: list[Hit] = []
    told: set[frozenset[str]] = set()
    for hit in hits:
        person = people.get(hit.patient_id, frozenset({hit.patient_id}))
        if person in told:
            continue
        told.add(person)
        records = [known[id_] for id_ in person if id_ in known]
        visit = min(records, key=lambda each: _how_far(each, now))
        found.append(
            hit._replace(
                visit_id=visit.visit_id,
                start=visit.start,
                status=visit.status,
                records=len(records),
            )
        )
    return found


def _how_far(hit: Hit, now: Moment) -> tuple[bool, int]:
    """What is to come, the next first; then what has been, the last first."""
    return (hit.start < now, abs(hit.start - now))


def _spellings(word: str) -> list[str]:
    return [word, *sorted(_nicknames().get(word, frozenset()))]


def _slips(known: list[str], word: str) -> list[str]:
    if len(word) < FORGIVEN_FROM:
        return []
    return [term for term in known if one_slip_apart(term, word)]


@functools.cache
def _nicknames() -> dict[str, frozenset[str]]:
    """For each name, what else the same person may be called."""
    found: dict[str, set[str]] = {}
    for line in resources.text("names/nicknames.txt").splitlines():
        family = [] if line.startswith("#") else line.split()
        for name in family:
            found.setdefault(name, set()).update(other for other in family if other != name)
    return {name: frozenset(others) for name, others in found.items()}
