"""`docs/tasks.md` says what the tests count."""

from tests.keystrokes import GOAL_SECONDS, Flow, flows
from tests.officers_week import GOAL_MINUTES, Stop, minutes, written_down
from tests.tasks import ROOT, TASKS, counted, document


def test_the_table_is_current() -> None:
    assert (ROOT / "docs" / "tasks.md").read_text("utf-8") == document()


def test_every_counted_task_is_in_the_table() -> None:
    assert set(counted()) <= set(TASKS)
    assert len(counted()) >= 13


def test_a_referral_by_keyboard_is_within_the_goal_by_the_model() -> None:
    found = flows()
    assert len(found) == 2
    assert all(flow.seconds < GOAL_SECONDS for flow in found)
    # The arithmetic, by hand, for one that is easy to follow.
    easy = Flow("", keys=10, decisions=2, words=119, response=0.5)
    assert round(easy.seconds, 6) == 6.0
    assert round(easy.reading, 6) == 36.0


def test_the_privacy_officers_week_fits_in_fifteen_minutes_by_its_counts() -> None:
    assert len(written_down()) == 7
    assert minutes(written_down()) < GOAL_MINUTES
    # By hand: 400 words are two minutes, and 30 keys half of one.
    assert minutes([Stop("", "", keys=30, words=300), Stop("", "", keys=0, words=100)]) == 2.5
