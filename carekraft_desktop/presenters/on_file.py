"""What is on file about a patient, and the forms by which something is put there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_on_file as words
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carekraft_desktop.domain.authorizing import Authorization
    from carekraft_desktop.domain.representing import Representative
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.store.disclosures import Loose

FORMS: dict[str, tuple[str, ...]] = {
    "representative": (
        "name",
        "authority",
        "scope",
        "document",
        "starts_on",
        "ends_on",
        "exception",
    ),
    "authorization": (
        "description",
        "discloser",
        "recipient",
        "purpose",
        "signed_on",
        "expires_on",
        "expires_event",
        "statements",
    ),
    "disclosure": (
        "recipient",
        "address",
        "what",
        "purpose",
        "basis",
        "authorization_id",
        "on",
    ),
    "link": ("disclosure_id",),
    "suspension": ("recipient", "last_day", "written"),
}
"""The fields of each form, in their order."""
KINDS = tuple(FORMS)
_CHOICES: dict[str, dict[str, str]] = {
    "authority": {each.value: said for each, said in words.AUTHORITY.items()},
    "scope": {each.value: said for each, said in words.SCOPE.items()},
    "exception": words.EXCEPTION,
    "basis": {each.value: said for each, said in words.BASIS.items()},
    "statements": words.YES_NO,
    "written": words.HOW_ASKED,
}
"""Codes with their words, of fields in which one chooses."""


class OnFileUses(Protocol):
    """`services/representatives.py`, `authorizations.py` and `accounting.py`."""

    def representatives(self, desk: Desk, patient_id: str) -> tuple[Representative, ...]:
        """Who acts for the patient."""
        ...

    def authorizations(self, desk: Desk, patient_id: str) -> tuple[Authorization, ...]:
        """What the patient signed."""
        ...

    def loose(self, desk: Desk) -> tuple[Loose, ...]:
        """Disclosures of incidents that are linked to nobody."""
        ...

    def add(self, desk: Desk, patient_id: str, kind: str, typed: Mapping[str, str]) -> None:
        """Put something on file."""
        ...

    def warn(self, desk: Desk, representative_id: str, *, endangers: bool) -> None:
        """They may endanger the patient, or not any more."""
        ...

    def end(self, desk: Desk, representative_id: str) -> None:
        """Their authority has ended."""
        ...

    def revoke(self, desk: Desk, authorization_id: str) -> None:
        """The patient took it back."""
        ...


class FieldState(Value, frozen=True):
    """One field of a form."""

    name: str
    words: str
    codes: tuple[str, ...] = ()
    """Empty where one types."""
    spoken: tuple[str, ...] = ()


class PaperState(Value, frozen=True):
    """One thing that is on file, with what can be done about it."""

    id: str
    words: str
    acts: tuple[tuple[str, str], ...] = ()
    """Code and words."""


class OnFileState(Value, frozen=True):
    """Everything in the pane."""

    shown: bool = False
    papers: tuple[PaperState, ...] = ()
    kinds: tuple[str, ...] = tuple(words.KIND[kind] for kind in KINDS)
    kind: int = 0
    fields: tuple[FieldState, ...] = ()
    stamp: int = 0
    """Grows when the fields have to be emptied."""
    problem: Problem | None = None


class OnFilePresenter:
    """Follows the card; only for whoever answers patients."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[OnFileState], None],
        *,
        on_file: OnFileUses,
        told: Callable[[Toast], None],
        changed: Callable[[], None],
    ) -> None:
        """`changed`: the card has to be read anew."""
        self._desk, self._show, self._uses = desk, show, on_file
        self._told, self._changed = told, changed
        self._patient = ""
        self.state = OnFileState()

    def follow(self, patient_id: str) -> None:
        """Another patient's card is open."""
        if patient_id != self._patient:
            self._patient = patient_id
            self._put(OnFileState())

    def toggle(self) -> None:
        """Show it, or put it away; for nobody else than who answers patients."""
        if self.state.shown:
            self._put(OnFileState())
        elif self._patient and self._desk.staff.may(Right.ANSWER_REQUESTS):
            self._read()

    def choose(self, kind: int) -> None:
        """Another form."""
        self.state = replace(self.state, kind=kind, stamp=self.state.stamp + 1, problem=None)
        self._read()

    def add(self, typed: Mapping[str, str]) -> None:
        """Put what is typed on file."""
        kind = KINDS[self.state.kind]
        self._do(lambda: self._uses.add(self._desk, self._patient, kind, typed))

    def act(self, paper_id: str, code: str) -> None:
        """Do something about what is on file."""
        if code == "revoke":
            self._do(lambda: self._uses.revoke(self._desk, paper_id))
        elif code == "end":
            self._do(lambda: self._uses.end(self._desk, paper_id))
        else:
            warned = code == "warn"
            self._do(lambda: self._uses.warn(self._desk, paper_id, endangers=warned))

    def _do(self, what: Callable[[], None]) -> None:
        try:
            what()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(words.DID))
        self._changed()
        self.state = replace(self.state, stamp=self.state.stamp + 1, problem=None)
        self._read()

    def _read(self) -> None:
        desk, patient = self._desk, self._patient
        try:
            people = self._uses.representatives(desk, patient)
            signed = self._uses.authorizations(desk, patient)
            loose = self._uses.loose(desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        papers = [_person(each) for each in people]
        papers += [
            PaperState(
                each.id,
                words.authorization(each),
                () if each.revoked_at else (("revoke", words.REVOKE),),
            )
            for each in signed
        ]
        fields = tuple(self._field(name, signed, loose) for name in FORMS[KINDS[self.state.kind]])
        self._put(replace(self.state, shown=True, papers=tuple(papers), fields=fields))

    @staticmethod
    def _field(
        name: str, signed: tuple[Authorization, ...], loose: tuple[Loose, ...]
    ) -> FieldState:
        choices: Mapping[str, str] = _CHOICES.get(name, {})
        if name == "authorization_id":
            choices = {"": words.NO_AUTHORIZATION} | {
                each.id: words.authorization(each) for each in signed
            }
        elif name == "disclosure_id":
            choices = {each.id: f"{each.recipient}: {each.what}" for each in loose}
        return FieldState(name, words.FIELD[name], tuple(choices), tuple(choices.values()))

    def _put(self, state: OnFileState) -> None:
        self.state = state
        self._show(state)


def _person(one: Representative) -> PaperState:
    if one.endangers:
        return PaperState(
            one.id, words.ENDANGERS.format(name=one.name), (("unwarn", words.UNWARN),)
        )
    until = words.UNTIL.format(day=written_date(one.ends_on)) if one.ends_on else ""
    said = words.ACTS.format(
        name=one.name,
        authority=words.AUTHORITY[one.authority].lower(),
        scope=words.SCOPE[one.scope].lower(),
        until=until,
    )
    acts = () if one.ends_on else (("warn", words.WARN), ("end", words.END))
    return PaperState(one.id, said, acts)
