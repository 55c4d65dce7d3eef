"""Settling what was asked for never surprises the person who asked."""

from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Delivery, Intention
from carekraft_desktop.domain.pending import project
from carekraft_desktop.domain.visits import AFTER, Entry, Status
from carekraft_desktop.value import replace

acts = st.sampled_from(Act)
deliveries = st.sampled_from(Delivery)
statuses = st.sampled_from(Status)
moments = st.integers(min_value=0, max_value=2**32)


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    start = draw(moments)
    version = draw(st.integers(1, 9))
    return Entry(start, "b", start + 1800, "p", "pat", "Name", draw(statuses), version, 0)


@st.composite
def intentions(draw: st.DrawFn) -> Intention:
    act = draw(acts)
    moved = draw(moments) if act in {Act.MOVE, Act.PROPOSE} else None
    return Intention(
        key=str(draw(st.integers(0, 10**6))),
        about="b",
        act=act,
        if_version=1,
        actor="s",
        made_at=0,
        visit_start=draw(moments),
        delivery=draw(deliveries),
        start=moved,
        end=None if moved is None else moved + 900,
        settled_version=draw(st.integers(0, 9)),
    )


def lawful(entry: Entry, asked: list[Intention]) -> list[Intention]:
    """Only those that a person could have asked for, one after the other."""
    status = entry.status
    found = []
    for intention in asked:
        after = AFTER[status].get(intention.act)
        if after is not None:
            found.append(replace(intention, delivery=Delivery.WAITING))
            status = after
    return found


@given(entries(), st.lists(intentions(), max_size=4))
def test_nothing_is_laid_over_a_cancelled_or_completed_record(
    entry: Entry, asked: list[Intention]
) -> None:
    for status in (Status.CANCELLED, Status.COMPLETED):
        seen = project(entry._replace(status=status), asked)
        assert (seen.status, seen.start, seen.end) == (status, entry.start, entry.end)


@given(entries(), st.lists(intentions(), max_size=4))
def test_an_ended_intention_that_was_not_applied_shows_nowhere(
    entry: Entry, asked: list[Intention]
) -> None:
    ended = [
        replace(i, delivery=d)
        for i in asked
        for d in Delivery
        if d not in OPEN and d is not Delivery.APPLIED
    ]
    assert project(entry, ended) == project(entry, [])


@given(entries(), st.lists(intentions(), max_size=4))
def test_the_answer_of_the_exchange_does_not_change_what_was_seen(
    entry: Entry, asked: list[Intention]
) -> None:
    waiting = lawful(entry, asked)
    before = project(entry, waiting)
    answered = [
        replace(i, delivery=Delivery.APPLIED, settled_version=entry.version + n + 1)
        for n, i in enumerate(waiting)
    ]
    after = project(entry, answered)
    assert (after.status, after.start, after.end) == (before.status, before.start, before.end)
    assert after.waiting is None
    arrived = entry._replace(
        status=before.status,
        start=before.start,
        end=before.end,
        provider_id=before.provider_id,
        version=entry.version + len(waiting),
    )
    final = project(arrived, answered)
    assert (final.status, final.start, final.end) == (before.status, before.start, before.end)


@given(entries(), st.lists(intentions(), max_size=4))
def test_the_status_seen_is_one_that_lawful_steps_lead_to(
    entry: Entry, asked: list[Intention]
) -> None:
    seen = project(entry, asked)
    reachable = {entry.status}
    for _ in asked:
        reachable |= {after for status in reachable for after in AFTER[status].values()}
    assert seen.status in reachable
