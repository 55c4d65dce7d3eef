"""Who may do what, looked through and signed; emergencies; the paper; new keys for the office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_colleague
from carekraft_desktop.presenters import wording_access as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.presenters.wording_own import REASON
from carekraft_desktop.value import Guarded, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access_review import Member
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.emergencies import Emergency

T = TypeVar("T")
LOOK = 0.25
"""Seconds between two looks at how far the new keys are."""


class AccessUses(Protocol):
    """See `wiring.AccessAtHand`."""

    review_every: int
    drill_every: int

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """Everybody, and how they stand."""
        ...

    def last_review(self, desk: Desk) -> tuple[Moment, str] | None:
        """When it was signed, and by whom."""
        ...

    def sign_review(self, desk: Desk, proof: StepUp | None) -> None:
        """Sign it."""
        ...

    def copying(self, desk: Desk) -> bool:
        """Whether bookings may be copied for another program."""
        ...

    def let_copy(self, desk: Desk, proof: StepUp | None, *, on: bool) -> None:
        """Make it so, or not."""
        ...

    def unsigned(self, desk: Desk) -> tuple[Emergency, ...]:
        """Emergencies to look into."""
        ...

    def sign_emergency(self, desk: Desk, id_: str, proof: StepUp | None) -> None:
        """One has been looked into."""
        ...

    def last_drill(self, desk: Desk) -> tuple[str, Moment] | None:
        """Who checked the paper when."""
        ...

    def check_paper(self, typed: str, proof: StepUp | None) -> None:
        """Prove that the paper opens the store."""
        ...

    def new_paper(self, proof: StepUp | None, code: str) -> str:
        """A new one; slow."""
        ...

    def rotate(self, proof: StepUp | None, told: Callable[[int, int], None]) -> None:
        """New keys for the store; slow."""
        ...


class AccessState(Guarded, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    reviewed: str = ""
    review_due: bool = False
    may_review: bool = False
    copying: bool = False
    """Bookings may be copied for another program."""
    emergencies: tuple[tuple[str, str], ...] = ()
    """Id and words of each that waits."""
    drilled: str = ""
    drill_due: bool = False
    never: tuple[bool, bool] = (False, False)
    """Whether the list was never looked through, and the paper never checked."""
    groups: tuple[str, ...] = ()
    """Of a new paper, until it was put away."""
    needs_code: bool = False
    busy: str = ""
    said: str = ""
    beside: str = ""
    """Where words stand: `review`, `copying`, `glass`, `paper` or `keys`."""
    problem: Problem | None = None
    empty: Empty | None = None
    stamp: int = 0


class AccessPresenter:
    """For the privacy officer, and for the IT administrator without the signing."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[AccessState], None],
        *,
        access: AccessUses,
        runner: Runner,
        timers: Timers,
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """`again` asks for the password."""
        self._desk, self._show, self._access = desk, show, access
        self._runner, self._timers, self._when, self._again = runner, timers, when, again
        self._progress = (0, 0)
        self._stop: Callable[[], None] | None = None
        self._gone = False
        self.state = AccessState()

    def refresh(self) -> None:
        """Read how things stand."""
        if not self._desk.staff.may(Right.DISABLE_PEOPLE):
            no = words.NO_RIGHT
            self._put(AccessState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            self._put(self._built())
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def leave(self) -> None:
        """The page is going, and a paper that is shown with it."""
        self._gone = True
        self._rest()
        self._put(replace(self.state, groups=()))

    # -- gestures -----------------------------------------------------------------------

    def sign_review(self) -> None:
        """The list was looked through."""
        self._ask(
            "review",
            WHY["sign"],
            lambda proof: self._access.sign_review(self._desk, proof),
            words.REVIEW_DONE,
        )

    def let_copy(self, *, on: bool) -> None:
        """Whether bookings may be copied for another program."""
        self._put(self.state)  # it stays as it is until the password was typed
        self._ask(
            "copying",
            WHY["rules"],
            lambda proof: self._access.let_copy(self._desk, proof, on=on),
            words.COPY_ON if on else words.COPY_OFF,
        )

    def sign_emergency(self, id_: str) -> None:
        """One has been looked into."""
        self._ask(
            "glass",
            WHY["sign"],
            lambda proof: self._access.sign_emergency(self._desk, id_, proof),
            words.GLASS_SIGNED,
        )

    def check_paper(self, typed: str) -> None:
        """The paper was typed."""
        self._ask(
            "paper",
            WHY["recovery"],
            lambda proof: self._access.check_paper(typed, proof),
            words.PAPER_RIGHT,
        )

    def new_paper(self, code: str) -> None:
        """Make a new one, and show it."""

        def made(text: str) -> str:
            self.state = replace(self.state, groups=tuple(text.split()))
            return words.PAPER_WRITE

        self._again(
            WHY["recovery"],
            lambda proof: self._work(
                "paper",
                words.PAPER_CHECKING,
                lambda: self._access.new_paper(proof, code),
                made,
            ),
        )

    def put_away(self) -> None:
        """It is on paper."""
        self._put(replace(self.state, groups=(), said=""))

    def rotate(self) -> None:
        """New keys for the office."""
        if not self.state.busy:
            self._again(WHY["people"], self._rotate)

    # -- carried out --------------------------------------------------------------------

    def _ask(self, beside: str, why: str, act: Callable[[StepUp | None], None], said: str) -> None:
        if not self.state.busy:
            self._again(
                why,
                lambda proof: self._work(
                    beside, words.PAPER_CHECKING, lambda: act(proof), lambda _none: said
                ),
            )

    def _rotate(self, proof: StepUp | None) -> None:
        self._progress = (0, 0)

        def told(done: int, pages: int) -> None:
            self._progress = (done, pages)  # read by the timer below, in the other thread

        self._work(
            "keys",
            wording_colleague.ROTATE_BEGIN,
            lambda: self._access.rotate(proof, told),
            lambda _none: wording_colleague.ROTATE_DONE,
        )
        if self.state.busy:
            self._stop = self._timers.after(LOOK, self._how_far)

    def _how_far(self) -> None:
        self._stop = None
        done, pages = self._progress
        if not self.state.busy:
            return
        if pages:
            busy = wording_colleague.ROTATING.format(percent=100 * done // pages)
            self._put(replace(self.state, busy=busy))
        self._stop = self._timers.after(LOOK, self._how_far)

    def _work(
        self, beside: str, busy: str, work: Callable[[], T], ended: Callable[[T], str]
    ) -> None:
        self._put(replace(self.state, busy=busy, said="", beside=beside, problem=None))

        def report(outcome: Outcome[T]) -> None:
            if self._gone:
                return
            self._rest()
            match outcome:
                case Done(value):
                    said = ended(value)
                    stamp = self.state.stamp + 1
                    self.state = replace(self.state, busy="", said=said, stamp=stamp)
                    self.refresh()
                case Failed(error):
                    self._put(replace(self.state, busy="", problem=Problem.of(error)))

        self._runner.submit(work, report)

    def _rest(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None

    # -- built --------------------------------------------------------------------------

    def _built(self) -> AccessState:
        desk, now = self._desk, self._desk.now()
        people = self._access.everybody(desk)
        names = {each.id: each.display for each in people}
        review, drill = self._access.last_review(desk), self._access.last_drill(desk)
        may_review = desk.staff.may(Right.REVIEW_ACCESS)
        waiting = self._access.unsigned(desk) if may_review else ()
        return replace(
            self.state,
            rows=tuple(self._row(each) for each in people if not each.disabled),
            reviewed=self._said(review, names, words.REVIEW_LAST) or words.REVIEW_NEVER,
            review_due=review is None or now - review[0] >= self._access.review_every,
            never=(review is None, drill is None),
            may_review=may_review,
            copying=self._access.copying(desk),
            emergencies=tuple((each.id, self._emergency(each, names)) for each in waiting),
            drilled=self._said(drill and (drill[1], drill[0]), names, words.PAPER_LAST)
            or words.PAPER_NEVER,
            drill_due=drill is None or now - drill[1] >= self._access.drill_every,
            needs_code=self._access.needs_code,
        )

    def _said(self, what: tuple[Moment, str] | None, names: dict[str, str], sentence: str) -> str:
        if what is None:
            return ""
        at, who = what
        return sentence.format(name=names.get(who, who), at=self._when.day_and_clock(at))

    def _emergency(self, each: Emergency, names: dict[str, str]) -> str:
        return words.GLASS_LINE.format(
            name=names.get(each.staff, each.staff),
            at=self._when.day_and_clock(each.began_at),
            reason=REASON[each.reason],
            seen=words.seen(each.looks),
        )

    def _row(self, person: Member) -> Row:
        roles = ", ".join(wording.ROLE[Role(role)].title for role in sorted(person.roles))
        seen = person.last_seen
        missing = ", ".join(words.MISSING[each] for each in person.unconfirmed)
        tone = Tone.WARN if person.waiting else Tone.CONFIRMED
        word = "No password yet" if person.waiting else "Can sign in"
        return Row(
            person.id,
            (
                Cell(person.display, strong=True),
                Cell(roles),
                Cell(self._when.day_and_clock(seen) if seen else wording_colleague.NEVER),
                Cell(missing or wording_colleague.CONFIRMED_ALL, quiet=not missing),
                Cell("", mark=Mark(word, tone)),
            ),
        )

    def _put(self, state: AccessState) -> None:
        self.state = state
        self._show(state)
