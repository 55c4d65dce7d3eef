"""Marks of colleagues at the exchange: the first has it, claims end by themselves."""

from datetime import timedelta

from msgspec import Raw

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Actor, Command, CommandType, Result, ResultStatus
from carekraft_desktop.contract.marks import CallOutcome, Mark, MarkBody, MarkKind, mark_id
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.marks import KIND_OF
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import new_key
from tests.unit.hub.bench import Bench


def say(
    bench: Bench,
    kind: CommandType,
    booking: str,
    *,
    staff: str = "staff-1",
    client: str = "ws-1",
    outcome: CallOutcome | None = None,
) -> Result:
    command = Command(
        key=new_key(),
        type=kind,
        id=mark_id(KIND_OF[kind], booking),
        if_version=0,
        actor=Actor(sub=staff, device=client),
        made_at=bench.at,
        body=Raw(encode(MarkBody(about=booking, name=f"Colleague {staff}", outcome=outcome))),
    )
    return bench.send(command, client=client)[0]


def mark(bench: Bench, kind: MarkKind, booking: str) -> Mark | None:
    row = bench.read(lambda c: feed.one(c, OFFICE_ID, "mark", mark_id(kind, booking)))
    return None if row is None or row["gone"] else decode(row["body"].encode(), Mark)


def slug(result: Result) -> str:
    return result.problem.slug if result.problem is not None else ""


def test_of_two_claims_the_first_stands_and_the_second_is_told_whose(bench: Bench) -> None:
    booking = bench.book()
    first = say(bench, CommandType.CLAIM, booking)
    second = say(bench, CommandType.CLAIM, booking, staff="staff-2", client="ws-2")
    assert first.status is ResultStatus.APPLIED
    assert (second.status, slug(second)) == (ResultStatus.CONFLICT, "already-marked")
    assert second.problem is not None
    assert second.problem.current["name"] == "Colleague staff-1"


def test_a_claim_ends_by_itself_and_can_be_renewed_by_its_owner(bench: Bench) -> None:
    booking = bench.book()
    say(bench, CommandType.CLAIM, booking)
    bench.at += timedelta(minutes=10)
    assert say(bench, CommandType.CLAIM, booking).status is ResultStatus.APPLIED
    bench.at += timedelta(minutes=10)
    other = say(bench, CommandType.CLAIM, booking, staff="staff-2", client="ws-2")
    assert other.status is ResultStatus.CONFLICT
    bench.at += timedelta(minutes=6)
    other = say(bench, CommandType.CLAIM, booking, staff="staff-2", client="ws-2")
    assert other.status is ResultStatus.APPLIED


def test_a_claim_that_was_let_go_is_free(bench: Bench) -> None:
    booking = bench.book()
    say(bench, CommandType.CLAIM, booking)
    stranger = say(bench, CommandType.RELEASE, booking, staff="staff-2", client="ws-2")
    assert stranger.status is ResultStatus.APPLIED
    assert mark(bench, MarkKind.CLAIM, booking) is not None
    say(bench, CommandType.RELEASE, booking)
    assert mark(bench, MarkKind.CLAIM, booking) is None
    other = say(bench, CommandType.CLAIM, booking, staff="staff-2", client="ws-2")
    assert other.status is ResultStatus.APPLIED


def test_a_booking_is_entered_once(bench: Bench) -> None:
    booking = bench.book()
    assert say(bench, CommandType.ENTER, booking).status is ResultStatus.APPLIED
    assert say(bench, CommandType.ENTER, booking, staff="staff-2").status is ResultStatus.CONFLICT
    say(bench, CommandType.UNENTER, booking, staff="staff-2", client="ws-2")
    assert say(bench, CommandType.ENTER, booking, staff="staff-2").status is ResultStatus.APPLIED


def test_the_newest_call_counts_and_needs_an_outcome(bench: Bench) -> None:
    booking = bench.book()
    assert slug(say(bench, CommandType.CALL, booking)) == "invalid-request"
    say(bench, CommandType.CALL, booking, outcome=CallOutcome.NO_ANSWER)
    say(bench, CommandType.CALL, booking, outcome=CallOutcome.REACHED, staff="staff-2")
    kept = mark(bench, MarkKind.CALL, booking)
    assert kept is not None
    assert (kept.outcome, kept.by) == (CallOutcome.REACHED, "staff-2")


def test_a_mark_on_no_booking_is_refused(bench: Bench) -> None:
    assert slug(say(bench, CommandType.CLAIM, "nobody")) == "not-found"
    assert slug(say(bench, CommandType.RELEASE, bench.book())) == "not-found"


def test_a_mark_under_another_id_is_refused(bench: Bench) -> None:
    booking = bench.book()
    command = Command(
        key=new_key(),
        type=CommandType.CLAIM,
        id=booking,
        if_version=0,
        actor=Actor(sub="staff-1", device="ws-1"),
        made_at=bench.at,
        body=Raw(encode(MarkBody(about=booking, name="Rosa"))),
    )
    assert slug(bench.send(command)[0]) == "invalid-request"


def test_a_withdrawn_share_takes_the_marks_along(bench: Bench) -> None:
    booking = bench.book()
    say(bench, CommandType.CLAIM, booking)
    patient = str(bench.booking(booking).participant[0].actor.reference).removeprefix("Patient/")  # type: ignore[union-attr]
    bench.write(lambda c: acts.unshare(c, OFFICE_ID, patient, bench.at))
    assert mark(bench, MarkKind.CLAIM, booking) is None
