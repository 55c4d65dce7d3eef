"""How it stands with the exchange, in words."""

import pytest

from carekraft_desktop.presenters.banner import banner
from carekraft_desktop.presenters.pieces import Tone
from carekraft_desktop.services.sync import Link, SyncState
from carekraft_desktop.value import replace
from tests.fakes.office import WHEN, at

STATE = SyncState(Link.UP_TO_DATE, at("09:42"), waiting=3)


def test_up_to_date_says_when_and_what_waits() -> None:
    shown = banner(STATE, when=WHEN, now=at("09:43"))
    assert shown.mark.word == "Up to date at 09:42, 3 waiting"
    assert shown.bar is None


@pytest.mark.parametrize("link", Link)
def test_every_link_has_a_line_with_and_without_a_time(link: Link) -> None:
    known = banner(replace(STATE, link=link), when=WHEN, now=at("09:43")).mark
    fresh = banner(SyncState(link), when=WHEN, now=at("09:43")).mark
    assert known.word
    assert fresh.word
    assert "{" not in known.word + fresh.word
    assert known.picture


@pytest.mark.parametrize(
    ("clock", "words", "tone"),
    [
        ("09:46", None, Tone.WARN),
        ("09:47", "Offline for 5 min", Tone.WARN),
        ("10:12", "Offline for 30 min", Tone.WARN),
        ("11:42", "Offline for 2 h", Tone.BAD),
    ],
)
def test_offline_is_said_louder_the_longer_it_lasts(
    clock: str, words: str | None, tone: Tone
) -> None:
    shown = banner(replace(STATE, link=Link.OFFLINE), when=WHEN, now=at(clock))
    assert (shown.bar.title if shown.bar else None) == words
    assert shown.bar_tone is tone
    assert shown.mark.word == "Offline since 09:42, 3 waiting"


def test_the_advice_differs_from_step_to_step() -> None:
    offline = replace(STATE, link=Link.OFFLINE)
    clocks = ("09:50", "10:30", "12:00")
    bars = [banner(offline, when=WHEN, now=at(clock)).bar for clock in clocks]
    assert len({bar.advice for bar in bars if bar}) == 3


def test_working_offline_offers_the_way_back() -> None:
    shown = banner(replace(STATE, link=Link.PAUSED), when=WHEN, now=at("09:43"))
    assert shown.mark.word.startswith("Working offline since 09:42")
    assert shown.action == "Go online"


def test_receiving_counts() -> None:
    state = replace(STATE, link=Link.RECEIVING, receiving=(1200, 5300), waiting=0)
    shown = banner(state, when=WHEN, now=at("09:43"))
    assert shown.mark.word == "Receiving bookings: 1,200 of 5,300"


@pytest.mark.parametrize("link", [Link.SIGNED_OUT, Link.TOO_OLD, Link.STOPPED, Link.REFUSED])
def test_what_does_not_mend_itself_stands_in_the_bar_at_once(link: Link) -> None:
    shown = banner(replace(STATE, link=link), when=WHEN, now=at("09:43"))
    assert shown.bar is not None
    assert shown.bar_tone is Tone.BAD


def test_records_put_aside_are_told_while_all_else_is_well() -> None:
    shown = banner(replace(STATE, quarantined=2), when=WHEN, now=at("09:43"))
    assert shown.bar is not None
    assert shown.bar.title.startswith("2 records")


def test_never_connected_is_told_without_a_time() -> None:
    shown = banner(SyncState(Link.OFFLINE), when=WHEN, now=at("09:43"))
    assert shown.bar is not None
    assert shown.bar.title == "Not connected yet"
