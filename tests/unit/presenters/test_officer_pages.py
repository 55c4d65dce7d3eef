"""The weekly review and the posture on the screen."""

import pytest

from carekraft_desktop.domain.posture import Line, Standing
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.weekly import Kind
from carekraft_desktop.errors import Offline, StoreBusy
from carekraft_desktop.presenters import wording_posture, wording_weekly
from carekraft_desktop.presenters.posture import PosturePresenter, PostureState, text
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.weekly import WeeklyPresenter, WeeklyState
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.office import WHEN
from tests.fakes.officer import MONDAY, NAMES, STANDS, FakePosture, FakeWeekly
from tests.staged_officer import officer


def week(uses: FakeWeekly, role: Role = Role.PRIVACY_OFFICER) -> WeeklyPresenter:
    shown: list[WeeklyState] = []
    presenter = WeeklyPresenter(officer(role), shown.append, weekly=uses, names=NAMES, when=WHEN)
    presenter.refresh()
    assert shown[-1] == presenter.state
    return presenter


@pytest.mark.req("REQ-22")
def test_the_oldest_week_that_nobody_signed_comes_first_and_says_since_when() -> None:
    presenter = week(FakeWeekly())
    state = presenter.state
    assert state.week == 2
    assert state.mark is not None
    assert state.mark.word == "Overdue since Mon, Nov 16"
    assert dict(state.summary)[wording_weekly.KIND[Kind.DENIED].title] == "1"
    assert dict(state.summary)[wording_weekly.KIND[Kind.BREAK_GLASS].title] == wording_weekly.NONE
    assert [row.cells[4].text for row in state.rows][:2] == ["Ama Boateng", "Visit: opened"]


@pytest.mark.req("REQ-22")
def test_signing_says_who_and_goes_on_to_nothing_else() -> None:
    uses = FakeWeekly()
    presenter = week(uses)
    presenter.sign()
    assert list(uses.signed) == [MONDAY]
    assert not presenter.state.can_sign
    assert presenter.state.signed.startswith("Signed by Rosa Alvarez")
    presenter.sign()
    assert len(uses.signed) == 1
    presenter.choose(1)
    assert presenter.state.can_sign


def test_a_quiet_week_and_a_first_week_say_so() -> None:
    assert week(FakeWeekly(found=())).state.quiet is not None
    empty = week(FakeWeekly(number=0)).state.empty
    assert empty is not None
    assert empty.title == wording_weekly.NO_WEEK.title
    assert week(FakeWeekly(refuses=StoreBusy())).state.problem is not None


def test_nobody_else_sees_the_week() -> None:
    uses = FakeWeekly()
    state = week(uses, Role.IT_ADMINISTRATOR).state
    assert state.empty is not None
    assert (state.rows, uses.read) == ((), [])


def posture(
    uses: FakePosture, role: Role = Role.IT_ADMINISTRATOR
) -> tuple[PosturePresenter, FakeClipboard]:
    shown: list[PostureState] = []
    clipboard = FakeClipboard()
    presenter = PosturePresenter(
        officer(role),
        shown.append,
        posture=uses,
        runner=InlineRunner(),
        clipboard=clipboard,
        when=WHEN,
    )
    presenter.refresh()
    return presenter, clipboard


@pytest.mark.req("REQ-29", "REQ-10")
def test_what_is_not_recorded_is_said_and_never_taken_for_good() -> None:
    presenter, clipboard = posture(FakePosture())
    rows = {row.key: row for row in presenter.state.rows}
    assert rows["backup"].cells[1].text == wording_posture.NOT_RECORDED
    assert rows["backup"].cells[2].spoken != rows["cipher"].cells[2].spoken
    assert "Not asserted" in rows["fips"].cells[1].text
    assert rows["people"].cells[1].text == "Front desk: 2, Provider: 1, Privacy officer: 1"
    presenter.copy()
    ((told, _),) = clipboard.held
    assert len(told.splitlines()) == len(STANDS)
    assert not any(name in told for name in NAMES.values())


def test_every_line_has_a_word_and_each_code_is_spoken() -> None:
    assert {line.subject for line in STANDS} == set(wording_posture.SUBJECT)
    spoken = text(
        [Line("papers", Standing.GOOD, "0"), Line("incidents", Standing.ATTENTION, "1")], WHEN
    )
    assert spoken[0].endswith("All there")
    assert spoken[1].endswith("1 incident")
    for code in ("late", "failed", ""):
        assert wording_posture.value("backup", code, "Monday").startswith("Monday")


def test_nobody_else_sees_how_it_stands_and_a_failure_is_said() -> None:
    presenter, clipboard = posture(FakePosture(), Role.FRONT_DESK)
    assert presenter.state.empty is not None
    presenter.copy()
    assert clipboard.held == []
    assert posture(FakePosture(refuses=Offline()))[0].state.problem is not None
