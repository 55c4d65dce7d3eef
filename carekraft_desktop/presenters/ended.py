"""The end of a workstation: destroying what was decided, and the certificate in readable form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.retiring import Told
from carekraft_desktop.presenters import wording_retiring as words
from carekraft_desktop.presenters.paper import Sheet
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.retiring import Certificate
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.destroying import Ended
    from carekraft_desktop.services.retiring import Settled


class EndedState(Value, frozen=True):
    """Everything on the last page."""

    busy: str = words.DESTROYING
    title: str = ""
    advice: str = ""
    certificate: str = ""
    notes: tuple[str, ...] = ()
    problem: Problem | None = None


class EndedPresenter:
    """Made at the point of no return; the office is closed."""

    def __init__(
        self,
        settled: Settled,
        finish: Callable[[], Ended],
        runner: Runner,
        show: Callable[[EndedState], None],
    ) -> None:
        """`finish` destroys; slow. `show` puts a state on the screen."""
        self._settled, self._finish = settled, finish
        self._runner, self._show = runner, show
        self.state = EndedState()

    def begin(self) -> None:
        """Destroy it."""
        self._show(self.state)
        self._runner.submit(self._finish, self._ended)

    def _ended(self, outcome: Outcome[Ended]) -> None:
        match outcome:
            case Done(ended):
                told = self._settled.certificate.told
                notes = words.left(ended.left)
                if told is not Told.TOLD:
                    notes = (words.NOT_TOLD, *notes)
                place = words.WHERE_CERTIFICATE.format(place=ended.certificate)
                said = words.NOT_ALL if set(ended.left) - {"keyring"} else words.ENDED
                if "keys" in ended.left:
                    said = words.KEYS_STAY
                self._put(EndedState("", said.title, said.advice, place, notes))
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _put(self, state: EndedState) -> None:
        self.state = state
        self._show(state)


def sheet(certificate: Certificate, when: OfficeTime) -> Sheet:
    """The certificate as one reads it."""
    rows = [
        *((words.ROW_KEY, words.KEY[key.kind], key.id) for key in certificate.keys),
        *((words.ROW_GONE, *_destroyed(code)) for code in certificate.destroyed),
        *(
            (words.ROW_STAYS.format(day=written_date(each.until)), each.folder, each.id)
            for each in certificate.stays
        ),
    ]
    day = written_date(when.day(certificate.at).isoformat())
    at = f"{day}, {when.clock(certificate.at)}"
    said = tuple(
        part.format(
            person=certificate.display,
            name=certificate.name,
            at=at,
            told=words.TOLD[certificate.told],
        )
        for part in words.PAPER_SAID
    )
    footer = f"{certificate.name} · {certificate.device} · {at}"
    return Sheet(words.PAPER_TITLE, words.PAPER_HEADS, tuple(rows), footer, said=said)


def _destroyed(code: str) -> tuple[str, str]:
    what, _, which = code.partition(":")
    return words.DESTROYED.get(what, what), which
