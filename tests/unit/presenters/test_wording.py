"""Every failure, status, act and decision has its words."""

import pytest

from carekraft_desktop import errors
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.acts import Act, Cancel, Decline
from carekraft_desktop.domain.intentions import NEEDS_EYES, Delivery, Intention
from carekraft_desktop.domain.patients import DataClass, Sharing
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.presenters import wording, wording_errors
from carekraft_desktop.services.sync import Link


def tree(root: type[errors.CareKraftError]) -> list[type[errors.CareKraftError]]:
    found = [root]
    for child in root.__subclasses__():
        found += tree(child)
    return found


OURS = [each for each in tree(errors.CareKraftError) if each.__module__ == errors.__name__]


@pytest.mark.parametrize("kind", OURS, ids=lambda kind: kind.__name__)
def test_every_error_has_a_title_and_advice(kind: type[errors.CareKraftError]) -> None:
    words = wording_errors.ERRORS[kind.code]
    assert words.title
    assert words.advice.endswith(".")


def test_no_words_are_left_over_from_errors_that_are_gone() -> None:
    assert set(wording_errors.ERRORS) == {kind.code for kind in OURS}


def test_each_error_that_a_person_can_meet_has_a_code_of_its_own() -> None:
    leaves = [kind for kind in OURS if not kind.__subclasses__()]
    assert len({kind.code for kind in leaves}) == len(leaves)


def test_the_growing_wait_is_told_in_seconds_then_minutes() -> None:
    assert "45 seconds" in wording_errors.of_error(errors.TooManyTries(45)).advice
    assert "1 second," in wording_errors.of_error(errors.TooManyTries(0.4)).advice
    assert "5 minutes" in wording_errors.of_error(errors.TooManyTries(290)).advice


def test_a_refusal_says_the_exchanges_reason_when_it_is_known() -> None:
    assert "taken" in wording_errors.of_error(errors.Refused("slot-taken")).advice
    known = wording_errors.ERRORS["exchange-refused"].advice
    assert wording_errors.of_error(errors.Refused("never-heard-of")).advice == known


def test_every_value_that_is_shown_has_a_word() -> None:
    assert set(wording.STATUS) == set(Status)
    assert set(wording.ACT) == set(wording.NOUN) == set(Act)
    assert set(wording.DELIVERY) == set(Delivery)
    assert set(wording.DECLINE) == set(Decline)
    assert set(wording.CANCEL) == set(Cancel)
    assert set(wording.DATA) == set(DataClass)
    assert set(wording.ROLE) == set(Role)
    assert set(wording.LINK) == {link.value for link in Link}
    assert {slug.value for slug in Slug} >= set(wording_errors.PROBLEMS)
    assert set(wording_errors.PROBLEMS).isdisjoint(wording_errors.STOPPED)


@pytest.mark.parametrize("decision", Sharing)
def test_each_decision_has_its_own_word(decision: Sharing) -> None:
    others = {wording.sharing(other, "Sat, Nov 21") for other in Sharing if other is not decision}
    assert wording.sharing(decision, "Sat, Nov 21") not in others


def test_a_withdrawal_names_its_day() -> None:
    assert wording.sharing(Sharing.WITHDRAWN, "Sat, Nov 21") == "Withdrawn since Sat, Nov 21"
    assert wording.sharing(Sharing.WITHDRAWN, "") == "Withdrawn"


def intention(delivery: Delivery, problem: str = "") -> Intention:
    return Intention("k", "v", Act.ACCEPT, 1, "s", 0, 0, delivery, problem=problem)


@pytest.mark.parametrize("delivery", sorted(NEEDS_EYES | {Delivery.VOID}))
def test_an_act_that_ended_otherwise_is_named_in_its_sentence(delivery: Delivery) -> None:
    sentence = wording.ended(intention(delivery))
    assert "Accept" in sentence
    assert sentence.endswith(".")


def test_the_patients_cancellation_is_said_plainly() -> None:
    sentence = wording.ended(intention(Delivery.CONFLICT), by_patient=True)
    assert sentence == "The patient cancelled this visit; your Accept was not applied."


def test_a_conflict_gives_the_exchanges_reason() -> None:
    sentence = wording.ended(intention(Delivery.CONFLICT, "slot-taken"))
    assert sentence.startswith("The time was taken")


@pytest.mark.parametrize(
    ("password", "again", "words"),
    [
        ("", "", "At least 8"),
        ("short", "", "3 more characters"),
        ("1234567", "", "1 more character to go"),
        ("aaaaaaaaaaaa", "", "different characters"),
        ("orchid lamp river", "", "second time"),
        ("orchid lamp river", "orchid", "do not match"),
        ("orchid lamp river", "orchid lamp river", ""),
    ],
)
def test_the_password_hint_says_what_is_missing(password: str, again: str, words: str) -> None:
    hint = wording.password_hint(password, again)
    assert words in hint
    assert bool(hint) is bool(words)


@pytest.mark.parametrize("detail", ["too-short", "too-long", "well-known", "own-name", "not-text"])
def test_a_refused_password_is_told_why(detail: str) -> None:
    words = wording_errors.of_error(errors.WeakPassword(detail))
    assert words != wording_errors.of_error(errors.WeakPassword())
    assert words.advice


def test_a_conflict_is_told_with_its_hour_where_that_is_known() -> None:
    conflict = intention(Delivery.CONFLICT)
    first = wording.ended(conflict, by_patient=True, at="at 09:31")
    assert first.startswith("The patient cancelled this visit at 09:31; your ")
    assert "Its last change was at 09:31." in wording.ended(conflict, at="at 09:31")
