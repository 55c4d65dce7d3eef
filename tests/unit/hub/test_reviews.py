"""Reviews at the exchange: the public writes, edits and deletes; offices answer, once each."""

from msgspec import Raw

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Actor, Command, CommandType, Result, ResultStatus
from carekraft_desktop.contract.reviews import PublicReview
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.sandbox import reviews
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sandbox.reviews import TEXTS, past_reviews
from tests.hub_fixture import NOON, Hub, new_key
from tests.unit.hub.bench import Bench

TEXT = "Thank you for the feedback."


def order(
    kind: CommandType, review: str, v: int, body: object, *, key: str | None = None
) -> Command:
    return Command(
        key=key or new_key(),
        type=kind,
        id=review,
        if_version=v,
        actor=Actor(sub="staff-1", device="ws-1"),
        made_at=NOON,
        body=Raw(encode(body)),
    )


def put(review: str, v: int, text: str = TEXT, *, key: str | None = None) -> Command:
    return order(CommandType.REPLY_PUT, review, v, {"text": text}, key=key)


def write(bench: Bench) -> str:
    return bench.write(lambda c: reviews.write(c, bench.chance, OFFICE_ID, bench.at))


def page(bench: Bench, review: str) -> tuple[PublicReview, int]:
    row = bench.read(lambda connection: feed.one(connection, OFFICE_ID, "review", review))
    assert row is not None
    return decode(row["body"].encode(), PublicReview), int(row["v"])


def slug(result: Result) -> str:
    return result.problem.slug if result.problem is not None else ""


def test_a_reply_is_shown_edited_and_withdrawn(bench: Bench) -> None:
    review = write(bench)
    (first,) = bench.send(put(review, 1))
    assert (first.status, first.v) == (ResultStatus.APPLIED, 2)
    shown, _ = page(bench, review)
    assert shown.reply is not None
    assert (shown.reply.text, shown.reply.edited) == (TEXT, None)
    bench.send(put(review, 2, "Thank you."))
    shown, _ = page(bench, review)
    assert shown.reply is not None
    assert (shown.reply.text, shown.reply.edited) == ("Thank you.", bench.at)
    bench.send(order(CommandType.REPLY_DELETE, review, 3, {}))
    assert page(bench, review)[0].reply is None
    (again,) = bench.send(order(CommandType.REPLY_DELETE, review, 4, {}))
    assert (again.status, slug(again)) == (ResultStatus.REJECTED, "illegal-transition")


def test_a_reply_that_is_delivered_twice_is_posted_once(bench: Bench) -> None:
    review = write(bench)
    command = put(review, 1)
    first, again = bench.send(command)[0], bench.send(command)[0]
    assert (again.status, again.was, again.v) == (
        ResultStatus.DUPLICATE,
        ResultStatus.APPLIED,
        first.v,
    )
    assert page(bench, review)[1] == 2
    (other,) = bench.send(put(review, 1, "Another.", key=command.key))
    assert slug(other) == "key-reused"


def test_two_offices_hands_on_one_review_are_told_the_truth(bench: Bench) -> None:
    review = write(bench)
    first, second = bench.send(put(review, 1), put(review, 1, "Me too."))
    assert (first.status, second.status) == (ResultStatus.APPLIED, ResultStatus.CONFLICT)
    assert second.problem is not None
    assert second.problem.current == {"v": 2}
    shown = page(bench, review)[0].reply
    assert shown is not None
    assert shown.text == TEXT


def test_an_edited_or_deleted_review_gets_no_reply(bench: Bench) -> None:
    edited, deleted = write(bench), write(bench)
    bench.write(lambda c: reviews.edit(c, bench.chance, OFFICE_ID, edited, bench.at))
    bench.write(lambda c: reviews.delete(c, OFFICE_ID, deleted, bench.at))
    one, two, three = bench.send(put(edited, 1), put(deleted, 1), put("never-there", 1))
    assert one.status is ResultStatus.CONFLICT
    assert (slug(two), slug(three)) == ("gone", "not-found")
    shown, _ = page(bench, edited)
    assert shown.edited == bench.at
    assert shown.reply is None


def test_a_review_is_reported_and_its_reply_survives_an_edit(bench: Bench) -> None:
    review = write(bench)
    bench.send(put(review, 1))
    bench.send(order(CommandType.REVIEW_REPORT, review, 2, {"reason": "off-topic"}))
    bench.write(lambda c: reviews.edit(c, bench.chance, OFFICE_ID, review, bench.at))
    shown, _ = page(bench, review)
    assert shown.reported
    assert shown.reply is not None


def test_what_a_reply_may_not_be_is_refused(bench: Bench) -> None:
    review = write(bench)
    results = bench.send(
        put(review, 1, "x" * 601),
        put(review, 1, ""),
        order(CommandType.REPLY_PUT, review, 1, {"text": TEXT, "html": "<b>"}),
        order(CommandType.REVIEW_REPORT, review, 1, {"reason": "not-a-patient"}),
    )
    assert {slug(result) for result in results} == {"invalid-request"}
    assert page(bench, review)[1] == 1


def test_the_public_page_is_read_by_everybody(hub: Hub) -> None:
    review = hub.play("review/write")["done"]
    desk = hub.enrol()
    desk.send(put(review, 1))
    answer = desk.session.get(f"{hub.url}/sandbox/reviews/{review}", timeout=10)
    assert answer.json()["reply"]["text"] == TEXT
    hub.play("review/edit", review=review)
    hub.play("review/delete", review=review)
    gone = desk.session.get(f"{hub.url}/sandbox/reviews/{review}", timeout=10)
    assert gone.status_code == 404


def test_an_answer_that_is_lost_after_posting_changes_nothing(hub: Hub) -> None:
    review = hub.play("review/write")["done"]
    desk = hub.enrol()
    command = put(review, 1)
    hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_AFTER, path="/commands"))
    try:
        desk.send(command)
    except Exception as lost:  # noqa: BLE001 - whatever a cut wire raises
        assert not isinstance(lost, AssertionError)
    (again,) = desk.send(command)
    assert again.was is ResultStatus.APPLIED
    items, _ = desk.everything()
    assert [item.v for item in items if item.id == review] == [2]


def test_the_invented_reviews_have_every_tone_and_are_the_same_for_a_seed() -> None:
    made = past_reviews(Chance(5), NOON, len(TEXTS))
    assert made == past_reviews(Chance(5), NOON, len(TEXTS))
    pages = [decode((change.body or "").encode(), PublicReview) for change in made]
    assert len(pages) >= 60
    assert {page.rating for page in pages} == {1, 2, 3, 4, 5}
    assert len({page.text for page in pages}) == len(pages)
    assert all(page.reply is None for page in pages[:8])
    assert sum(page.reply is not None for page in pages) >= 8
    assert all(page.created <= NOON for page in pages)
