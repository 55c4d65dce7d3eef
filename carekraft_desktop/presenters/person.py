"""The patient's card: what is shared and by whom, the visits, and who may be the same person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.ages import Gate, gate
from carekraft_desktop.domain.patients import DataClass, Sharing
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk
from carekraft_desktop.presenters.day import mark_of
from carekraft_desktop.presenters.pieces import Cell, Empty, Problem, Row, Toast
from carekraft_desktop.presenters.shared_data import ClassState, Held, classes
from carekraft_desktop.presenters.visiting import MASK_AFTER
from carekraft_desktop.presenters.words import Words
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import OfficeUses, PersonUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.persons import Likeness, Person

HEADS = ("When", "With", "Status")


class TwinState(Value, frozen=True):
    """Another record that may be the same person, with each point explained."""

    patient_id: str
    name: str
    title: str
    pro: tuple[str, ...]
    con: tuple[str, ...]
    joined: bool
    may: bool


class PersonState(Value, frozen=True):
    """Everything on the card."""

    patient_id: str = ""
    name: str = ""
    gate: Words | None = None
    """What the patient's age means."""
    classes: tuple[ClassState, ...] = ()
    visits: tuple[Row, ...] = ()
    selected: str = ""
    empty: Empty | None = None
    twins: tuple[TwinState, ...] = ()
    problem: Problem | None = None
    no_contact: bool = False
    """The patient asked not to be called or reminded."""
    may_mark: bool = False


class PersonPresenter:
    """Shows one patient at a time."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PersonState], None],
        *,
        persons: PersonUses,
        office: OfficeUses,
        timers: Timers,
        told: Callable[[Toast], None],
        open_visit: Callable[[str], None],
        when: OfficeTime,
    ) -> None:
        """Make it; nothing is read before `open`.

        Args:
            desk: who looks, and in which store.
            show: puts a state on the screen.
            persons: the services about patients' cards.
            office: for the providers' names.
            timers: for covering again what was uncovered.
            told: shows a toast.
            open_visit: shows a visit on its day.
            when: the office's zone and spelling of times.
        """
        self._desk, self._show, self._persons, self._office = desk, show, persons, office
        self._timers, self._told, self._open_visit, self._when = timers, told, open_visit, when
        self._person: Person | None = None
        self._revealed: frozenset[DataClass] = frozenset()
        self._cover: Callable[[], None] | None = None
        self.state = PersonState()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def open(self, patient_id: str) -> None:
        """Show a patient; each opening is written in the journal."""
        self._hide()
        self._person = None
        self.state = PersonState(patient_id)
        self.refresh()

    def refresh(self) -> None:
        """Read it anew, if it has changed."""
        if not self.state.patient_id:
            return
        try:
            if self._person is None or not self._persons.same(self._desk, self._person):
                self._person = self._persons.card(self._desk, self.state.patient_id)
            names = {each.id: each.name for each in self._office.providers(self._desk)}
        except CareKraftError as error:
            self._hide()
            self._put(PersonState(problem=Problem.of(error)))
            return
        self._put(self._built(self._person, names))

    def tick(self) -> None:
        """A birthday may have come."""
        self.refresh()

    def leave(self) -> None:
        """The screen goes away: nothing stays uncovered."""
        self._hide()

    def cover_up(self) -> None:
        """The screen is covered, and comes back without what was uncovered (REQ-03)."""
        self._hide()

    def _put(self, state: PersonState) -> None:
        self.state = state
        self._show(state)

    def _built(self, person: Person, names: dict[str, str]) -> PersonState:
        patient, now = person.patient, self._desk.now()
        held = Held(patient, person.shares, person.insurance, None)
        found = classes(
            held, staff=self._desk.staff, when=self._when, now=now, revealed=self._revealed
        )
        stands = gate(
            patient.birth_date,
            self._when.day(now),
            guardian=patient.guardian is not None,
            by_guardian=person.shares.by_guardian,
        )
        keys = [seen.entry.id for seen in person.visits]
        chosen = self.state.selected if self.state.selected in keys else (keys or [""])[0]
        words = wording_desk.NO_VISITS
        return PersonState(
            patient_id=patient.id,
            name=patient.name or wording.NAME_MISSING,
            gate=wording_desk.GATE[stands] if stands is not Gate.NONE else None,
            classes=tuple(_medical(each, person) for each in found),
            visits=tuple(self._row(seen, names) for seen in person.visits),
            selected=chosen,
            empty=None if keys else Empty(words.title, words.advice, icon="calendar-days"),
            twins=tuple(self._twin(likeness) for likeness in person.likenesses),
            no_contact=person.no_contact,
            may_mark=self._desk.staff.may(Right.ANSWER_BOOKINGS),
        )

    def _row(self, seen: Seen, names: dict[str, str]) -> Row:
        when = self._when
        return Row(
            seen.entry.id,
            (
                Cell(when.day_and_clock(seen.start), tip=when.stretch(seen.start, seen.end)),
                Cell(names.get(seen.provider_id, wording.OTHER_PROVIDER)),
                Cell("", mark=mark_of(seen, self._desk.now())),
            ),
        )

    def _twin(self, likeness: Likeness) -> TwinState:
        points = [(point, wording_desk.POINT[point]) for point in likeness.points]
        return TwinState(
            patient_id=likeness.patient.id,
            name=likeness.patient.name,
            title=wording_desk.JOINED if likeness.joined else wording_desk.LOOKS_ALIKE,
            pro=tuple(words for point, words in points if point not in wording_desk.AGAINST),
            con=tuple(words for point, words in points if point in wording_desk.AGAINST),
            joined=likeness.joined,
            may=self._desk.staff.may(Right.ANSWER_BOOKINGS),
        )

    # -- gestures -----------------------------------------------------------------------

    def choose(self, visit_id: str) -> None:
        """Another visit in the list."""
        if visit_id != self.state.selected:
            self._put(replace(self.state, selected=visit_id))

    def open_visit(self) -> None:
        """The chosen visit on its day."""
        if self.state.selected:
            self._open_visit(self.state.selected)

    def reveal(self, data: DataClass) -> None:
        """Uncover one class for a minute, or cover it again."""
        if data in self._revealed:
            self._revealed -= {data}
        else:
            try:
                self._persons.reveal(self._desk, self.state.patient_id, data)
            except CareKraftError as error:
                self._put(replace(self.state, problem=Problem.of(error)))
                return
            self._revealed |= {data}
            if self._cover is not None:
                self._cover()
            self._cover = self._timers.after(MASK_AFTER, self.cover)
        self.refresh()

    def cover(self) -> None:
        """Cover everything again."""
        self._hide()
        self.refresh()

    def _hide(self) -> None:
        self._revealed = frozenset()
        if self._cover is not None:
            self._cover()
            self._cover = None

    def let_be(self) -> None:
        """Do not contact this patient, or do again."""
        if not self.state.patient_id or not self.state.may_mark:
            return
        on = not self.state.no_contact
        try:
            self._persons.let_be(self._desk, self.state.patient_id, on=on)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(wording_desk.LET_BE if on else wording_desk.LET_BE_OVER))
        self.refresh()

    def join(self, other: str) -> None:
        """These two are one person; what somebody joined, somebody can separate."""
        self._decide(self._persons.join, other, wording_desk.DID_JOIN)

    def keep_apart(self, other: str) -> None:
        """These are two people."""
        self._decide(self._persons.keep_apart, other, wording_desk.DID_KEEP_APART)

    def separate(self, other: str) -> None:
        """Take the joining back."""
        self._decide(self._persons.undecide, other, wording_desk.DID_SEPARATE)

    def _decide(self, what: Callable[[Desk, str, str], None], other: str, words: str) -> None:
        try:
            what(self._desk, self.state.patient_id, other)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(words))
        self.refresh()


def _medical(state: ClassState, person: Person) -> ClassState:
    """Medical data belong to visits; here is only the decision."""
    shared = person.shares.medical is Sharing.SHARED
    if state.data is not DataClass.MEDICAL or not shared:
        return state
    return replace(state, advice=wording_desk.MEDICAL_ON_VISITS, reveal="", facts=())
