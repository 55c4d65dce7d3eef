"""What surrounds the reply editor: the frame, the palette and the outbox know of it."""

from typing import cast

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import REVIEW, Intention
from carekraft_desktop.presenters.outbox import OutboxPresenter, OutboxState
from carekraft_desktop.presenters.uses import FindUses
from carekraft_desktop.presenters.wiring import NoPatients
from tests.fakes.office import WHEN, FakeOffice, at, desk, lakeside


def test_while_a_reply_is_open_nobody_is_found() -> None:
    office, editing = lakeside(), [True]
    find = NoPatients(cast("FindUses", office), lambda: editing[0])
    assert find.find(desk(), "m") == ()
    assert find.recent(desk()) == ()
    editing[0] = False
    assert find.find(desk(), "m")


def test_the_outbox_leads_to_the_review_and_takes_its_reply_back() -> None:
    office = FakeOffice()
    office.intentions.append(
        Intention("key-1", "rev-1", Act.REPLY, 1, "staff-1", at("09:00"), 0, kind=REVIEW)
    )
    opened: list[str] = []
    undone: list[str] = []
    states: list[OutboxState] = []

    def take_back(key: str) -> bool:
        undone.append(key)
        return True

    presenter = OutboxPresenter(
        desk(),
        states.append,
        visits=office,
        outbox=office,
        told=lambda _toast: None,
        acted=lambda: None,
        open_visit=lambda _visit: None,
        when=WHEN,
        open_review=opened.append,
        undo_review=take_back,
    )
    presenter.refresh()
    (row,) = states[-1].rows
    assert row.cells[1].text == "Review reply"
    presenter.open()
    presenter.undo()
    assert (opened, undone) == (["rev-1"], ["key-1"])
