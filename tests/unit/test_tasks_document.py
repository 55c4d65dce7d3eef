"""`docs/tasks.md` says what the tests count."""

from tests.tasks import ROOT, TASKS, counted, document


def test_the_table_is_current() -> None:
    assert (ROOT / "docs" / "tasks.md").read_text("utf-8") == document()


def test_every_counted_task_is_in_the_table() -> None:
    assert set(counted()) <= set(TASKS)
    assert len(counted()) >= 13
