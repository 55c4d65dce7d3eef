"""Replies that are public: taken away, taken down, and looked at again when rules change."""

import pytest

from carekraft_desktop.contract.commands import CommandType
from carekraft_desktop.domain.reviews import Stage
from carekraft_desktop.errors import IllegalStep, Offline, PostingLocked
from carekraft_desktop.services import judging, live_replies, posting, replies, reviews
from carekraft_desktop.store import register
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.repliers import (
    AUTHOR,
    OFFICER,
    PROVIDER,
    SAFE,
    STOPPED,
    pass_posting_delay,
    sits,
    stock,
)


@pytest.fixture
def answered(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """A seat whose author's reply is public."""
    stock(seat)
    replies.suggest(sits(seat, AUTHOR), "rev-1", SAFE)
    posting.approve(sits(seat, PROVIDER), "rev-1", SAFE, acknowledged=1)
    pass_posting_delay(seat)
    exchange.put(samples.review(reply=SAFE, v=2))
    seat.cycle()
    exchange.sent.clear()
    return seat


def sent(exchange: FakeGateway) -> list[CommandType]:
    return [command.type for batch in exchange.sent for command in batch]


def test_a_public_reply_is_changed_under_the_same_rules(
    answered: Workstation, exchange: FakeGateway
) -> None:
    provider = sits(answered, PROVIDER)
    paper = replies.begin(provider, "rev-1")
    assert paper.draft.text == SAFE
    posting.publish(provider, "rev-1", "Thank you for the kind words.", acknowledged=1)
    pass_posting_delay(answered)
    assert sent(exchange) == [CommandType.REPLY_PUT]


def test_a_reply_is_withdrawn_and_that_can_be_taken_back(
    answered: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(answered, AUTHOR)
    intention = live_replies.withdraw(desk, "rev-1")
    with pytest.raises(IllegalStep):
        live_replies.withdraw(desk, "rev-1")
    replies.undo(desk, intention.key)
    answered.send()
    assert sent(exchange) == []
    live_replies.withdraw(desk, "rev-1")
    answered.send()
    assert sent(exchange) == [CommandType.REPLY_DELETE]


@pytest.mark.req("REQ-27")
def test_a_takedown_leaves_at_once_and_opens_an_incident_with_an_accounting_line(
    answered: Workstation, exchange: FakeGateway
) -> None:
    incident = live_replies.take_down(sits(answered, PROVIDER), "rev-1")
    answered.cycle()
    assert sent(exchange) == [CommandType.REPLY_DELETE]
    with answered.store.read() as unit:
        (kept,) = register.incidents(unit, "rev-1")
        (line,) = register.disclosures(unit)
    assert kept == incident
    assert (kept.state, kept.evidence, kept.concerns) == ("presumed-breach", SAFE, AUTHOR.id)
    assert (line.recipient, line.incident_id) == ("public", incident.id)


def test_whose_reply_was_taken_down_posts_nothing_until_an_officer_has_looked(
    answered: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.review("rev-2", author="Juniper"))
    answered.cycle()
    replies.suggest(sits(answered, AUTHOR), "rev-2", SAFE)
    live_replies.take_down(sits(answered, PROVIDER), "rev-1")
    with pytest.raises(PostingLocked):
        replies.begin(sits(answered, AUTHOR), "rev-2")
    with pytest.raises(PostingLocked):
        posting.approve(sits(answered, PROVIDER), "rev-2", SAFE, acknowledged=1)
    officer = sits(answered, OFFICER)
    (task,) = reviews.tasks(officer)
    reviews.finish_task(officer, task)
    posting.approve(sits(answered, PROVIDER), "rev-2", SAFE, acknowledged=1)


def test_nobody_lifts_the_lock_from_oneself(
    answered: Workstation,
) -> None:
    officer = sits(answered, OFFICER)
    with answered.store.write() as unit:
        register.add_task(unit, register.Task("t", "locked-author", OFFICER.id, 1))
    with pytest.raises(IllegalStep):
        reviews.finish_task(officer, register.Task("t", "locked-author", OFFICER.id, 1))


def test_a_reply_of_which_nothing_is_known_yet_can_be_taken_down(
    seat: Workstation, exchange: FakeGateway
) -> None:
    stock(seat)
    provider = sits(seat, PROVIDER)
    posting.publish(provider, "rev-1", SAFE, acknowledged=1)
    exchange.faults.append(Offline())
    pass_posting_delay(seat)
    assert reviews.sheet(provider, "rev-1").stage is Stage.UNKNOWN
    incident = live_replies.take_down(provider, "rev-1")
    assert incident.evidence == SAFE
    seat.clock.advance(seconds=600)
    seat.cycle()
    assert sent(exchange)[-1] is CommandType.REPLY_DELETE


def test_without_a_reply_there_is_nothing_to_take_down(seat: Workstation) -> None:
    stock(seat)
    with pytest.raises(IllegalStep):
        live_replies.take_down(sits(seat, PROVIDER), "rev-1")
    with pytest.raises(IllegalStep):
        live_replies.withdraw(sits(seat, PROVIDER), "rev-1")


def test_public_replies_are_looked_at_again_when_the_rules_change(
    answered: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sits(answered, OFFICER)
    assert live_replies.recheck_live(desk) == ()
    exchange.put(samples.review("old", author="Juniper", reply=STOPPED))
    answered.cycle()
    (task,) = live_replies.recheck_live(desk)
    assert (task.kind, task.about) == ("live-reply", "old")
    assert live_replies.recheck_live(desk) == ()
    assert reviews.sheet(desk, "old").doubtful
    assert [line.review.id for line in reviews.inbox(desk) if line.doubtful] == ["old"]
    live_replies.let_stand(desk, "old")
    assert not reviews.sheet(desk, "old").doubtful
    assert live_replies.recheck_live(desk) == ()
    shipped = judging.checker()
    assert shipped is not None
    newer = replace(shipped, weights=replace(shipped.weights, version="next"))
    monkeypatch.setattr(judging, "checker", lambda: newer)
    assert [task.about for task in live_replies.recheck_live(desk)] == ["old"]


def test_a_reply_that_was_mended_needs_no_look_any_more(
    answered: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(answered, OFFICER)
    exchange.put(samples.review("old", reply=STOPPED))
    answered.cycle()
    live_replies.recheck_live(desk)
    exchange.put(samples.review("old", reply=SAFE, v=2))
    answered.cycle()
    live_replies.recheck_live(desk)
    assert not reviews.sheet(desk, "old").doubtful


def test_a_damaged_checker_calls_no_public_reply_doubtful(
    answered: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = sits(answered, OFFICER)
    exchange.put(samples.review("old", reply=STOPPED))
    answered.cycle()
    monkeypatch.setattr(judging, "checker", lambda: None)
    assert live_replies.recheck_live(desk) == ()
    assert reviews.tasks(desk) == ()
