"""Every code of a referral has words, and the words say what is true."""

import re

import pytest

from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.contract.referrals import (
    CancelCode,
    DeclineCode,
    Language,
    Mode,
    PartOfDay,
    VisitClass,
)
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.permissions import PROBLEM, Refusal
from carekraft_desktop.domain.referrals import Folder, Stage
from carekraft_desktop.presenters import wording_errors
from carekraft_desktop.presenters import wording_referrals as words
from tests.unit.domain.test_payload import MEMBERS


def test_every_value_that_is_shown_has_a_word() -> None:
    assert set(words.FOLDER) == set(words.EMPTY) == set(Folder)
    assert set(words.STAGE) == set(words.STAGE_ADVICE) == set(Stage)
    assert set(words.REFUSAL) == set(Refusal)
    assert set(words.DECLINED) == set(DeclineCode)
    assert set(words.CANCELLED) == set(CancelCode)
    assert set(words.SPECIALTY) == set(Specialty)
    assert set(words.LANGUAGE) == set(Language)
    assert set(words.MODE) == set(Mode)
    assert set(words.VISIT_CLASS) == set(VisitClass)
    assert set(words.PART) == set(PartOfDay)


def test_every_member_of_the_message_has_a_name() -> None:
    members = [name for name in MEMBERS["ck-ref-1"].split() if name != "guardian"]
    for name in members:
        if name == "windows":
            continue
        shown = words.field(name.replace("windows.", "windows.1."))
        assert shown
        assert "_" not in shown


def test_every_refusal_has_words_in_the_outbox_too() -> None:
    known = wording_errors.PROBLEMS.keys() | wording_errors.STOPPED.keys()
    assert set(PROBLEM.values()) <= known
    refusals = {slug.value for slug in Slug if slug.value.startswith("permission-")}
    assert refusals <= known


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SAVED, Stage.REFUSED, Stage.PROPOSED])
def test_what_is_not_confirmed_is_never_called_booked(stage: Stage) -> None:
    assert "ooked" not in words.STAGE[stage]
    assert re.search(r"\bis booked\b|has confirmed", words.STAGE_ADVICE[stage]) is None


def test_it_is_a_booking_permission_and_never_an_authorization() -> None:
    sentences = " ".join(
        [each.title + each.advice for each in words.REFUSAL.values()] + [words.AGREE.advice]
    )
    assert "authoriz" not in sentences.lower()


def test_the_telephone_script_gives_booking_details_only() -> None:
    script = " ".join(words.script("Lakeside Family Practice", "+13125550101"))
    assert "+13125550101" in script
    assert "booking" in words.SCRIPT_TITLE.advice.lower()
    assert not re.search(r"diagnos|symptom|reason for", script.lower())


def test_distances_and_ages_are_written_plainly() -> None:
    assert words.miles(None) == ""
    assert words.miles(3.24) == "3.2 mi"
    assert words.miles(43.4) == "43 mi"
    assert words.directory_as_of("Tue, Nov 24, 09:42", 1).startswith("1 shown")
