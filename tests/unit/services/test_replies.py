"""Replies to reviews: who may do what, and what becomes of a draft."""

import pytest

from carekraft_desktop.contract.commands import CommandType, ResultStatus
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.reviews import COOLING, TO_DO, FalseAlarm, Reason, Stage
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import (
    CareKraftError,
    DraftOfAnother,
    EditorClosed,
    IllegalStep,
    NoLongerThere,
    NothingToUndo,
    NotPermitted,
    NotSafe,
    Offline,
    ReviewChanged,
)
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import live_replies, papers, posting, replies, reviews, visits
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import register, reply_records
from carekraft_desktop.store import reviews as rows
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, refused, said
from tests.repliers import (
    AUTHOR,
    DOUBTFUL,
    OFFICER,
    OWNER,
    PROVIDER,
    SAFE,
    STOPPED,
    pass_posting_delay,
    sits,
    stock,
)


@pytest.fixture
def office(seat: Workstation) -> Workstation:
    """A seat with one review, and papers on file."""
    stock(seat)
    return seat


def stage(seat: Workstation) -> Stage:
    return reviews.sheet(sits(seat, OFFICER), "rev-1").stage


def proof(seat: Workstation, who: Staff) -> StepUp:
    return StepUp(who, seat.desk.now())


# ------------------------------------------------------------------ opening the editor


@pytest.mark.req("REQ-23", "REQ-46")
def test_without_policies_and_officials_the_editor_stays_closed(seat: Workstation) -> None:
    stock(seat, on_file=False)
    with pytest.raises(EditorClosed):
        replies.begin(sits(seat, AUTHOR), "rev-1")
    papers.put(sits(seat, OFFICER), {register.Paper.SOCIAL_MEDIA_POLICY: "Version 1"})
    with pytest.raises(EditorClosed):
        replies.begin(sits(seat, AUTHOR), "rev-1")


@pytest.mark.req("REQ-31")
def test_what_was_in_force_on_a_day_is_one_version(office: Workstation) -> None:
    first = office.desk.now()
    office.clock.advance(seconds=86400)
    desk = sits(office, OFFICER)
    papers.put(desk, {register.Paper.SOCIAL_MEDIA_POLICY: "Version 4"})
    assert papers.on_day(desk, first)[register.Paper.SOCIAL_MEDIA_POLICY] == "Version 3"
    assert papers.in_force(desk)[register.Paper.SOCIAL_MEDIA_POLICY] == "Version 4"
    assert register.Paper.SOCIAL_MEDIA_POLICY not in papers.on_day(desk, first - 86400)


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.IT_ADMINISTRATOR])
def test_roles_without_the_right_write_nothing(office: Workstation, role: Role) -> None:
    desk = sits(office, Staff("x", "x.y", "X", frozenset({role})))
    for call in (
        lambda: reviews.inbox(desk),
        lambda: replies.begin(desk, "rev-1"),
        lambda: replies.keep(desk, "rev-1", SAFE),
        lambda: posting.publish(desk, "rev-1", SAFE, acknowledged=1),
        lambda: papers.put(desk, {}),
    ):
        with pytest.raises(NotPermitted):
            call()
    assert reviews.count(desk) == 0


def test_the_office_s_own_public_page_is_all_the_checker_learns(office: Workstation) -> None:
    text = "Maria Featherstone was here."
    before = replies.check(text, replies.context(sits(office, AUTHOR), "rev-1"))
    office.gateway.put(samples.patient(given="Wilhelmina", family="Featherstone"))
    office.cycle()
    around = replies.context(sits(office, AUTHOR), "rev-1")
    assert around.staff == ("Jo Park", "Dr. Amara Osei")
    assert around.phones == ("312-555-0100",)
    assert "Featherstone" not in repr(around)
    assert replies.check(text, around) == before
    assert before.severity >= Severity.REVIEW


# ------------------------------------------------------------------ drafts


def test_a_draft_is_kept_and_found_again_after_the_program_ended(office: Workstation) -> None:
    replies.begin(sits(office, AUTHOR), "rev-1")
    replies.keep(sits(office, AUTHOR), "rev-1", SAFE)
    office.close()
    assert SAFE.encode() not in (office.folder / "office.store").read_bytes()
    office.open()
    assert replies.begin(sits(office, AUTHOR), "rev-1").draft.text == SAFE
    assert stage(office) is Stage.DRAFTED


def test_a_stopped_text_survives_a_crash_and_not_the_closing_of_its_editor(
    office: Workstation,
) -> None:
    desk = sits(office, AUTHOR)
    replies.begin(desk, "rev-1")
    replies.keep(desk, "rev-1", STOPPED)
    office.close()
    office.open()
    desk = sits(office, AUTHOR)
    assert replies.begin(desk, "rev-1").draft.text == STOPPED
    assert replies.close(desk, "rev-1", STOPPED) is False
    with office.store.read() as unit:
        assert rows.draft(unit, "rev-1") is None
        (record,) = reply_records.records(unit, "rev-1")
        dumped = repr([unit.rows(f"SELECT * FROM {t}") for t in ("reply_draft", "reply_record")])
    assert (record.what, record.text) == ("blocked", "")
    assert record.labels
    assert "root canal" not in dumped


def test_a_stopped_text_that_nobody_came_back_to_is_forgotten(office: Workstation) -> None:
    desk = sits(office, AUTHOR)
    replies.begin(desk, "rev-1")
    replies.keep(desk, "rev-1", STOPPED)
    assert replies.forget_held(desk) == 0
    office.clock.advance(seconds=replies.HELD_FOR + 1)
    assert replies.forget_held(desk) == 1
    assert replies.begin(desk, "rev-1").draft.text == ""


def test_three_stopped_texts_in_a_month_ask_for_training_once(office: Workstation) -> None:
    desk = sits(office, AUTHOR)
    for _ in range(4):
        replies.begin(desk, "rev-1")
        replies.close(desk, "rev-1", STOPPED)
    (task,) = reviews.tasks(sits(office, OFFICER))
    assert (task.kind, task.about) == ("training", AUTHOR.id)
    with pytest.raises(NotPermitted):
        reviews.finish_task(desk, task)
    reviews.finish_task(sits(office, OFFICER), task)
    assert reviews.tasks(sits(office, OFFICER)) == ()


def test_two_people_do_not_write_below_one_review_unless_one_takes_over(
    office: Workstation,
) -> None:
    replies.begin(sits(office, AUTHOR), "rev-1")
    replies.keep(sits(office, AUTHOR), "rev-1", SAFE)
    other = sits(office, PROVIDER)
    with pytest.raises(DraftOfAnother):
        replies.begin(other, "rev-1")
    with pytest.raises(DraftOfAnother):
        replies.keep(other, "rev-1", "Mine.")
    taken = replies.begin(other, "rev-1", take_over=True)
    assert (taken.draft.text, taken.draft.author) == (SAFE, PROVIDER.id)
    with pytest.raises(DraftOfAnother):
        replies.keep(sits(office, AUTHOR), "rev-1", "Back.")


# ------------------------------------------------------------------ who may post what


def test_an_author_hands_on_and_another_publishes(
    office: Workstation, exchange: FakeGateway
) -> None:
    author = sits(office, AUTHOR)
    replies.begin(author, "rev-1")
    with pytest.raises(NotSafe):
        posting.publish(author, "rev-1", SAFE, acknowledged=1)
    replies.suggest(author, "rev-1", SAFE)
    assert stage(office) is Stage.SUGGESTED
    posting.approve(sits(office, PROVIDER), "rev-1", SAFE, acknowledged=1)
    assert stage(office) is Stage.ON_ITS_WAY
    pass_posting_delay(office)
    (sent,) = [command for batch in exchange.sent for command in batch]
    assert sent.type is CommandType.REPLY_PUT
    assert said(sent).text == SAFE
    with office.store.read() as unit:
        (record,) = reply_records.records(unit, "rev-1")
    assert (record.author, record.approver, record.text) == (AUTHOR.id, PROVIDER.id, SAFE)
    assert record.checker


def test_a_provider_publishes_a_harmless_text_alone(office: Workstation) -> None:
    provider = sits(office, PROVIDER)
    replies.begin(provider, "rev-1")
    posting.publish(provider, "rev-1", SAFE, acknowledged=1)
    assert stage(office) is Stage.ON_ITS_WAY


def test_a_doubtful_text_needs_another_person_with_the_officer_s_role(office: Workstation) -> None:
    provider = sits(office, PROVIDER)
    replies.begin(provider, "rev-1")
    with pytest.raises(NotSafe):
        posting.publish(provider, "rev-1", DOUBTFUL, acknowledged=1)
    replies.suggest(provider, "rev-1", DOUBTFUL)
    another = sits(office, replace(PROVIDER, id="staff-9"))
    with pytest.raises(NotSafe):
        posting.approve(another, "rev-1", DOUBTFUL, acknowledged=1)
    with pytest.raises(NotSafe):
        posting.approve(provider, "rev-1", DOUBTFUL, acknowledged=1)
    posting.approve(sits(office, OFFICER), "rev-1", DOUBTFUL, acknowledged=1)
    assert stage(office) is Stage.ON_ITS_WAY


def test_nobody_suggests_publishes_or_approves_a_stopped_text(office: Workstation) -> None:
    for who in (AUTHOR, PROVIDER, OFFICER, OWNER):
        desk = sits(office, who, alone=who is OWNER)
        for call in (
            lambda desk=desk: replies.suggest(desk, "rev-1", STOPPED),
            lambda desk=desk: replies.cool(desk, "rev-1", STOPPED),
            lambda desk=desk: posting.publish(desk, "rev-1", STOPPED, acknowledged=1),
        ):
            with pytest.raises(NotSafe):
                call()


@pytest.mark.parametrize("text", ["", "   ", "We read every comment. " * 40])
def test_an_empty_or_too_long_text_is_not_posted(office: Workstation, text: str) -> None:
    with pytest.raises(NotSafe):
        posting.publish(sits(office, PROVIDER), "rev-1", text, acknowledged=1)


@pytest.mark.req("REQ-19", "REQ-50")
def test_a_privacy_officer_who_is_not_the_author_releases_a_false_alarm(
    office: Workstation,
) -> None:
    def release(author: Staff, officer: Staff, age: int = 0) -> None:
        posting.release(
            sits(office, author),
            "rev-1",
            STOPPED,
            proof=StepUp(officer, office.desk.now() - age),
            why=FalseAlarm.GENERAL_WORDS,
            acknowledged=1,
        )

    for author, officer, age in (
        (OFFICER, OFFICER, 0),
        (AUTHOR, PROVIDER, 0),
        (AUTHOR, OFFICER, posting.FRESH + 1),
    ):
        with pytest.raises(NotPermitted):
            release(author, officer, age)
    release(AUTHOR, OFFICER)
    with office.store.read() as unit:
        record = reply_records.records(unit, "rev-1")[-1]
        denied = unit.value(
            "SELECT count(*) FROM journal WHERE action = 'reply.release' AND outcome = 'denied'"
        )
    assert (record.approver, record.released) == (OFFICER.id, FalseAlarm.GENERAL_WORDS)
    assert denied == 2
    pass_posting_delay(office)
    assert office.gateway.sent


def test_what_could_not_be_checked_is_released_by_nobody(office: Workstation) -> None:
    with pytest.raises(NotSafe):
        posting.release(
            sits(office, AUTHOR),
            "rev-1",
            "word " * 200,
            proof=proof(office, OFFICER),
            why=FalseAlarm.GENERAL_WORDS,
            acknowledged=1,
        )


def test_a_one_person_office_sleeps_a_day_on_a_doubtful_text(office: Workstation) -> None:
    owner = sits(office, OWNER, alone=True)
    replies.begin(owner, "rev-1")
    replies.cool(owner, "rev-1", DOUBTFUL)
    assert stage(office) is Stage.COOLING
    for wait, evidence in ((0, True), (COOLING - 10, True), (20, False)):
        office.clock.advance(seconds=wait)
        with pytest.raises((NotSafe, NotPermitted)):
            posting.publish(
                owner,
                "rev-1",
                DOUBTFUL,
                acknowledged=1,
                proof=proof(office, OWNER) if evidence else None,
            )
    posting.publish(owner, "rev-1", DOUBTFUL, acknowledged=1, proof=proof(office, OWNER))
    pass_posting_delay(office)
    assert office.gateway.sent


def test_a_changed_text_begins_its_day_of_cooling_anew(office: Workstation) -> None:
    owner = sits(office, OWNER, alone=True)
    replies.begin(owner, "rev-1")
    replies.cool(owner, "rev-1", DOUBTFUL)
    office.clock.advance(seconds=COOLING + 1)
    replies.keep(owner, "rev-1", DOUBTFUL + " Truly.")
    assert stage(office) is Stage.DRAFTED
    with pytest.raises(NotSafe):
        posting.publish(
            owner, "rev-1", DOUBTFUL + " Truly.", acknowledged=1, proof=proof(office, OWNER)
        )


def test_who_has_a_colleague_does_not_cool_off_alone(office: Workstation) -> None:
    with pytest.raises(NotSafe):
        replies.cool(sits(office, OWNER), "rev-1", DOUBTFUL)


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_praise_is_answered_under_the_same_rules_as_blame(office: Workstation, rating: int) -> None:
    office.gateway.put(samples.review(rating=rating, v=2))
    office.cycle()
    provider = sits(office, PROVIDER)
    replies.begin(provider, "rev-1")
    with pytest.raises(NotSafe):
        posting.publish(provider, "rev-1", DOUBTFUL, acknowledged=1)
    posting.publish(provider, "rev-1", SAFE, acknowledged=1)


def test_a_suggestion_is_given_back_with_a_reason(office: Workstation) -> None:
    replies.suggest(sits(office, AUTHOR), "rev-1", SAFE)
    with pytest.raises(NotPermitted):
        replies.give_back(sits(office, AUTHOR), "rev-1", "tone")
    replies.give_back(sits(office, PROVIDER), "rev-1", "tone")
    draft = replies.begin(sits(office, AUTHOR), "rev-1").draft
    assert (draft.stage, draft.note, draft.text) == (Stage.DRAFTED, "tone", SAFE)


def test_only_the_text_that_was_read_is_approved(office: Workstation) -> None:
    replies.suggest(sits(office, AUTHOR), "rev-1", SAFE)
    with pytest.raises(ReviewChanged):
        posting.approve(sits(office, PROVIDER), "rev-1", SAFE + " ", acknowledged=1)


# ------------------------------------------------------------------ leaving


def post(seat: Workstation, text: str = SAFE) -> str:
    provider = sits(seat, PROVIDER)
    replies.begin(provider, "rev-1")
    return posting.publish(provider, "rev-1", text, acknowledged=1).key


def test_a_reply_leaves_after_the_delay_and_until_then_can_be_taken_back(
    office: Workstation, exchange: FakeGateway
) -> None:
    key = post(office)
    office.clock.advance(seconds=office.desk.posting_seconds - 1)
    office.cycle()
    assert exchange.sent == []
    replies.undo(sits(office, PROVIDER), key)
    pass_posting_delay(office)
    assert exchange.sent == []
    assert replies.begin(sits(office, PROVIDER), "rev-1").draft.text == SAFE
    again = post(office)
    pass_posting_delay(office)
    with pytest.raises(NothingToUndo):
        replies.undo(sits(office, PROVIDER), again)


def test_a_review_that_changed_while_the_reply_waited_gets_nothing(
    office: Workstation, exchange: FakeGateway
) -> None:
    post(office)
    exchange.put(samples.review(text="Now with a diagnosis.", v=2))
    office.cycle()
    pass_posting_delay(office)
    assert exchange.sent == []
    sheet = reviews.sheet(sits(office, PROVIDER), "rev-1")
    assert sheet.stage is Stage.BACK
    assert sheet.last is not None
    assert sheet.last.problem == "review-changed"
    replies.take_text_back(sits(office, PROVIDER), "rev-1")
    assert stage(office) is Stage.DRAFTED


def test_a_review_that_was_deleted_while_it_is_answered_takes_everything_along(
    office: Workstation, exchange: FakeGateway
) -> None:
    post(office)
    exchange.put(samples.gone("review", "rev-1", v=2))
    office.cycle()
    pass_posting_delay(office)
    assert exchange.sent == []
    assert reviews.inbox(sits(office, PROVIDER)) == ()
    with pytest.raises(NoLongerThere):
        replies.keep(sits(office, PROVIDER), "rev-1", SAFE)
    assert replies.close(sits(office, PROVIDER), "rev-1", SAFE) is False


def test_a_text_that_was_altered_on_its_way_is_stopped(
    office: Workstation, exchange: FakeGateway
) -> None:
    key = post(office)
    with office.store.write() as unit:
        unit.run("UPDATE outbox SET body = ? WHERE key = ?", '{"text":"Thank you."}', key)
    pass_posting_delay(office)
    assert exchange.sent == []
    last = reviews.sheet(sits(office, PROVIDER), "rev-1").last
    assert last is not None
    assert (last.delivery, last.problem) == (Delivery.REJECTED, "reply-not-approved")


def test_rules_that_became_stricter_stop_a_reply_that_waits(
    office: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(office)
    monkeypatch.setattr("carekraft_desktop.services.judging.checker", lambda: None)
    pass_posting_delay(office)
    assert exchange.sent == []
    last = reviews.sheet(sits(office, PROVIDER), "rev-1").last
    assert last is not None
    assert last.problem == "reply-not-safe"


def test_a_lost_answer_is_not_known_yet_and_asked_about_with_the_same_key(
    office: Workstation, exchange: FakeGateway
) -> None:
    key = post(office)
    exchange.faults.append(Offline())
    pass_posting_delay(office)
    assert stage(office) is Stage.UNKNOWN
    with pytest.raises(IllegalStep):
        replies.begin(sits(office, PROVIDER), "rev-1")
    office.clock.advance(seconds=120)
    office.cycle()
    sent = [command for batch in exchange.sent for command in batch]
    assert {command.key for command in sent} == {key}
    exchange.put(samples.review(reply=SAFE, v=2))
    office.cycle()
    assert stage(office) is Stage.ANSWERED


@pytest.mark.parametrize(
    ("status", "slug", "delivery"),
    [
        (ResultStatus.CONFLICT, Slug.VERSION_CONFLICT, Delivery.CONFLICT),
        (ResultStatus.REJECTED, Slug.GONE, Delivery.REJECTED),
    ],
)
def test_what_the_exchange_did_not_take_comes_back_to_be_read(
    office: Workstation,
    exchange: FakeGateway,
    status: ResultStatus,
    slug: Slug,
    delivery: Delivery,
) -> None:
    exchange.answers.append(refused(status, slug))
    post(office)
    pass_posting_delay(office)
    sheet = reviews.sheet(sits(office, PROVIDER), "rev-1")
    assert sheet.last is not None
    assert (sheet.stage, sheet.last.delivery) == (Stage.BACK, delivery)
    reviews.mark_read(sits(office, PROVIDER), "rev-1")
    assert stage(office) is Stage.NEW


# ------------------------------------------------------------------ other choices


def test_no_reply_holds_until_the_review_is_changed(
    office: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(office, AUTHOR)
    assert reviews.count(desk) == 1
    reviews.no_reply(desk, "rev-1")
    assert stage(office) is Stage.NO_REPLY
    assert reviews.count(desk) == 0
    exchange.put(samples.review(edited=samples.NOON.isoformat(), text="Hm.", v=2))
    office.cycle()
    assert stage(office) is Stage.NEW
    reviews.no_reply(desk, "rev-1")
    reviews.reopen(desk, "rev-1")
    assert stage(office) is Stage.NEW


def test_a_review_is_reported_once(office: Workstation, exchange: FakeGateway) -> None:
    desk = sits(office, AUTHOR)
    reviews.report(desk, "rev-1", Reason.PRIVATE_DATA)
    with pytest.raises(IllegalStep):
        reviews.report(desk, "rev-1", Reason.PRIVATE_DATA)
    office.send()
    (sent,) = [command for batch in exchange.sent for command in batch]
    assert (sent.type, said(sent).reason) == (CommandType.REVIEW_REPORT, "private-data")


@pytest.mark.req("REQ-11", "REQ-13")
def test_every_step_leaves_a_line_in_the_journal_without_a_word_of_the_text(
    office: Workstation,
) -> None:
    replies.suggest(sits(office, AUTHOR), "rev-1", SAFE)
    posting.approve(sits(office, PROVIDER), "rev-1", SAFE, acknowledged=1)
    with office.store.read() as unit:
        lines = unit.rows("SELECT action, staff, object, detail FROM journal")
    actions = [line[0] for line in lines]
    assert actions.index("reply.suggest") < actions.index("reply.post")
    assert "feedback" not in repr(lines)


def test_a_denied_call_says_so_as_an_error_of_ours(office: Workstation) -> None:
    desk = sits(office, AUTHOR)
    with pytest.raises(CareKraftError):
        papers.on_day(desk, 0)


def test_the_number_beside_the_page_agrees_with_the_list(
    office: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(office, PROVIDER)
    for number in range(2, 12):
        exchange.put(samples.review(f"rev-{number}", reply=SAFE if number % 5 == 0 else ""))
    exchange.put(samples.review("old", reply=STOPPED))
    office.cycle()
    live_replies.recheck_live(desk)
    reviews.no_reply(desk, "rev-2")
    replies.keep(desk, "rev-3", SAFE)
    replies.suggest(sits(office, AUTHOR), "rev-4", SAFE)
    posting.publish(desk, "rev-6", SAFE, acknowledged=1)
    posting.publish(desk, "rev-7", SAFE, acknowledged=1)
    exchange.put(samples.review("rev-7", text="Changed.", v=2))
    exchange.put(samples.review("rev-2", text="Changed.", edited=samples.NOON.isoformat(), v=2))
    replies.keep(desk, "rev-5", SAFE)
    office.cycle()
    pass_posting_delay(office)
    listed = reviews.inbox(desk)
    assert len({line.stage for line in listed}) >= 5
    assert reviews.count(desk) == sum(line.stage in TO_DO or line.doubtful for line in listed)


def test_a_reply_taken_back_in_the_outbox_is_a_draft_again(office: Workstation) -> None:
    key = post(office)
    visits.undo(office.desk, key)
    assert stage(office) is Stage.NEW
    replies.take_text_back(sits(office, PROVIDER), "rev-1")
    assert replies.begin(sits(office, PROVIDER), "rev-1").draft.text == SAFE


def test_throwing_a_stopped_draft_away_counts_as_stopped(office: Workstation) -> None:
    desk = sits(office, AUTHOR)
    replies.begin(desk, "rev-1")
    replies.keep(desk, "rev-1", STOPPED)
    replies.discard(desk, "rev-1")
    with office.store.read() as unit:
        (record,) = reply_records.records(unit, "rev-1")
    assert (record.what, record.text) == ("blocked", "")


def test_a_reply_that_another_workstation_posted_has_to_be_read_first(
    office: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(office, PROVIDER)
    replies.begin(desk, "rev-1")
    replies.keep(desk, "rev-1", SAFE)
    exchange.put(samples.review(reply="Thank you for the kind words.", v=2))
    office.cycle()
    with pytest.raises(ReviewChanged):
        posting.publish(desk, "rev-1", SAFE, acknowledged=1)
    replies.reread(desk, "rev-1")
    posting.publish(desk, "rev-1", SAFE, acknowledged=1)


def test_nothing_leaves_the_office_while_a_reply_is_drafted(
    office: Workstation, exchange: FakeGateway
) -> None:
    desk = sits(office, AUTHOR)
    replies.begin(desk, "rev-1")
    for text in (STOPPED, DOUBTFUL, SAFE):
        replies.keep(desk, "rev-1", text)
        replies.check(text, replies.context(desk, "rev-1"))
    replies.suggest(desk, "rev-1", SAFE)
    pass_posting_delay(office)
    assert exchange.sent == []
