"""How the checker fails, remembers, and points at what it found."""

import dataclasses
import json
from hashlib import sha256
from pathlib import Path

import pytest

from carekraft_desktop import resources
from carekraft_desktop.guardrail import checker as checker_module
from carekraft_desktop.guardrail import text
from carekraft_desktop.guardrail.checker import Checker, PublicContext, refusal
from carekraft_desktop.guardrail.matching import Steps, TooMuchWork
from carekraft_desktop.guardrail.phrases import Phrases, PhrasesDamaged, number_of
from carekraft_desktop.guardrail.rewrite import rewritten
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.weights import Weights, WeightsDamaged
from carekraft_desktop.value import replace

NOBODY = PublicContext()


@pytest.fixture(scope="module")
def checker() -> Checker:
    return Checker.shipped()


def fresh(checker: Checker, **changed: object) -> Checker:
    return dataclasses.replace(checker, _known=type(checker._known)(), **changed)  # type: ignore[arg-type]


def test_the_verdict_belongs_to_exactly_this_text(checker: Checker) -> None:
    verdict = checker.check("Thank you.", NOBODY)
    assert verdict.text_hash == sha256(b"Thank you.").hexdigest()
    assert verdict.version == checker.version
    assert checker.check("Thank you!", NOBODY).text_hash != verdict.text_hash


def test_the_place_of_a_finding_is_in_the_text_as_written(checker: Checker) -> None:
    reply = "Thank you 🙏🏽. Ｙｏｕｒ  r-o-o-t c\u0301anal went fine."
    verdict = checker.check(reply, NOBODY)
    assert verdict.severity is Severity.BLOCK
    found = [reply[each.start : each.end] for each in verdict.findings if each.category == "RV-06"]
    assert any(each.startswith("Ｙｏｕｒ") and "r-o-o-t" in each for each in found), found


def test_a_failure_inside_is_block(checker: Checker) -> None:
    class Broken:
        def find(self, *_: object) -> None:
            raise RuntimeError

    broken = fresh(checker, matcher=Broken())
    assert broken.check("Thank you.", NOBODY) == refusal("Thank you.")
    assert refusal("Thank you.").severity is Severity.BLOCK


def test_a_delay_inside_is_block(checker: Checker) -> None:
    ticks = iter(range(1000))
    slow = fresh(checker, timer=lambda: float(next(ticks)))
    assert slow.check("Thank you.", NOBODY).severity is Severity.BLOCK


def test_too_much_work_is_block(checker: Checker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checker_module, "STEPS", 3)
    assert fresh(checker).check("Thank you for the feedback.", NOBODY).severity is Severity.BLOCK


def test_work_is_counted() -> None:
    steps = Steps(1)
    steps.take()
    with pytest.raises(TooMuchWork):
        steps.take()


def test_a_text_beyond_the_limit_is_refused_unread(checker: Checker) -> None:
    verdict = checker.check("a" * (text.LONGEST + 1), NOBODY)
    assert verdict.severity is Severity.BLOCK
    assert [each.category for each in verdict.findings] == ["CHECK"]


def test_marks_that_turn_the_order_of_letters_need_a_second_person(checker: Checker) -> None:
    assert checker.check("Thank you.\u202e", NOBODY).severity >= Severity.REVIEW


@pytest.mark.parametrize("reply", ["谢谢大家的理解", "Blorf snarvel quintlebop zzyx.", "ขอบคุณ"])
def test_what_nothing_proves_harmless_never_passes(checker: Checker, reply: str) -> None:
    assert checker.check(reply, NOBODY).severity >= Severity.REVIEW


@pytest.mark.parametrize("reply", ["", "   ", "\n\n", "🙏🙏🙏", "!!!"])
def test_nothing_said_is_nothing_told(checker: Checker, reply: str) -> None:
    assert checker.check(reply, NOBODY).severity is Severity.PASS


def test_the_offices_own_page_is_allowed_and_no_other(checker: Checker) -> None:
    page = PublicContext(
        phones=("(303) 555-0100",),
        addresses=("office@example.org",),
        sites=("https://www.example.org",),
        staff=("Dana Reyes",),
    )
    for reply in ("Please call 303-555-0100.", "Please ask for Dana Reyes."):
        assert checker.check(reply, page).severity is Severity.PASS, reply
    for reply in (
        "Please call 303-555-0199.",
        "Please write to someone@example.com.",
        "See https://example.net/bill.",
    ):
        assert checker.check(reply, page).severity >= Severity.REVIEW, reply
    assert checker.check("See https://www.example.org today.", page).severity <= Severity.REVIEW


@pytest.mark.parametrize(
    ("reply", "reviewer"),
    [
        ("Ellen Marchetti, thank you.", "Ellen"),
        ("Hi Jorvik, thank you.", "ellen99"),
        ("Mrs. Quenby, thank you.", "q"),
        ("Thank you, C. Osei.", "nightowl"),
        ("The form said 6/2/1958.", ""),
        ("We called 555-0142.", ""),
    ],
)
def test_a_name_or_number_beyond_the_display_name_is_found(
    checker: Checker, reply: str, reviewer: str
) -> None:
    verdict = checker.check(reply, PublicContext(reviewer=reviewer))
    assert verdict.severity >= Severity.REVIEW
    assert "RV-01" in {each.category for each in verdict.findings}


def test_the_same_text_gets_the_same_verdict_again_and_from_another_checker(
    checker: Checker,
) -> None:
    reply = "Thank you. Your crown looks great."
    assert checker.check(reply, NOBODY) == checker.check(reply, NOBODY)
    assert fresh(checker).check(reply, NOBODY) == checker.check(reply, NOBODY)


def test_old_sentences_are_forgotten(checker: Checker) -> None:
    small = fresh(checker)
    for number in range(600):
        small.check(f"Call {number}.", NOBODY)
    assert len(small._known) <= 512


def shipped_bytes() -> bytes:
    return resources.path("guardrail/weights.bin").read_bytes()


def test_the_shipped_weights_are_small_enough() -> None:
    assert len(shipped_bytes()) <= 2_000_000


@pytest.mark.parametrize(
    "harm", ["flip", "cut", "head", "shape", "nan", "empty", "bars", "rise", "looser"]
)
def test_damaged_weights_are_refused(harm: str) -> None:
    content = shipped_bytes()
    head, _, body = content.partition(b"\n")
    said = json.loads(head)
    if harm == "flip":
        content = content[:-1] + bytes([content[-1] ^ 1])
    elif harm == "cut":
        content = content[:-100]
    elif harm == "head":
        content = b"{}" + content
    elif harm == "empty":
        content = b""
    else:
        said |= {
            "shape": {"made_for": 99},
            "nan": {"block": float("nan")},
            "bars": {"review": 0},
            "rise": {"rise": 1.5},
            "looser": {"review": said["review"] + 0.1},
        }[harm]
        content = json.dumps(said).encode() + b"\n" + body
    with pytest.raises(WeightsDamaged):
        Weights.read(content)


def test_the_bar_rises_with_the_sentences_up_to_a_bound(checker: Checker) -> None:
    weights = replace(checker.weights, review=0.5, rise=1.0, block=0.99)
    assert [weights.bar(count) for count in (0, 1, 3)] == pytest.approx([0.5, 0.5, 0.75])
    assert weights.bar(8) == weights.bar(1000) == pytest.approx(8 / 9)
    assert replace(weights, rise=0.0).bar(5) == pytest.approx(0.5)
    assert replace(weights, review=0.98).bar(8) == 0.99


def test_what_statistics_doubt_alone_they_let_stand_among_many(checker: Checker) -> None:
    halfway = Checker(
        checker.lexicon,
        replace(checker.weights, review=0.4, rise=1.0),
        replace(checker.phrases, blend=(0.0, 0.0, 0.0)),
    )
    doubted = "Popcorn beats almost everything."
    assert halfway.check(doubted, PublicContext()).severity is Severity.REVIEW
    assert halfway.check(f"{doubted} Thank you.", PublicContext()).severity is Severity.PASS
    told = halfway.check(f"{doubted} You had a root canal.", PublicContext())
    assert told.severity is Severity.BLOCK


def phrases_bytes() -> bytes:
    return resources.path("guardrail/phrases.bin").read_bytes()


def test_the_shipped_phrases_are_small_enough() -> None:
    assert len(phrases_bytes()) <= 8_000_000


@pytest.mark.parametrize(
    "harm", ["flip", "cut", "head", "shape", "nan", "empty", "looser", "words"]
)
def test_damaged_phrases_are_refused(harm: str) -> None:
    content = phrases_bytes()
    head, _, body = content.partition(b"\n")
    said = json.loads(head)
    if harm == "flip":
        content = content[:-1] + bytes([content[-1] ^ 1])
    elif harm == "cut":
        content = content[:-100]
    elif harm == "head":
        content = b"{}" + content
    elif harm == "empty":
        content = b""
    else:
        said |= {
            "shape": {"made_for": 99},
            "nan": {"offset": float("nan")},
            "looser": {"blend": [said["blend"][0], said["blend"][1], -5]},
            "words": {"letters": 3},
        }[harm]
        content = json.dumps(said).encode() + b"\n" + body
    with pytest.raises(PhrasesDamaged):
        Phrases.read(content)


def test_a_new_table_of_phrases_is_a_new_version_of_the_checker(checker: Checker) -> None:
    other = replace(checker.phrases, digest="0" * 64)
    assert fresh(checker, phrases=other).version != checker.version


def test_the_same_words_in_another_order_may_read_differently(checker: Checker) -> None:
    told = checker.phrases.score(["we", "pulled", "your", "tooth"])
    general = checker.phrases.score(["your", "team", "pulled", "we"])
    assert told != general


def test_a_word_that_is_not_known_is_known_by_its_ending(checker: Checker) -> None:
    words = checker.phrases.vocabulary
    assert number_of("zqwxing", words) == number_of("vkplling", words) != number_of("zqwxed", words)
    assert number_of("555-0100", words) == number_of("12", words)
    assert number_of("orthodontist's", words) == number_of("orthodontist", words)


def test_a_rewrite_keeps_what_was_safe(checker: Checker) -> None:
    draft = "Thank you for the feedback. Your crown was placed on Monday. Our lobby has free wi-fi."
    offered = rewritten(checker, draft, PublicContext(phones=("555-0100",)))
    assert "Thank you for the feedback." in offered
    assert "Our lobby has free wi-fi." in offered
    assert "crown" not in offered
    assert "555-0100" in offered


def test_a_safe_draft_is_left_alone(checker: Checker) -> None:
    assert (
        rewritten(checker, "Thank you for the feedback.", NOBODY) == "Thank you for the feedback."
    )


def test_a_rewrite_of_nothing_or_too_much_is_a_template(checker: Checker) -> None:
    for draft in ("", "a" * 100_000, "谢谢"):
        assert rewritten(checker, draft, NOBODY).startswith("Thank you for the feedback.")


def test_the_checker_opens_no_files_but_its_own(
    checker: Checker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr("builtins.open", refuse)
    assert fresh(checker).check("Thank you.", NOBODY).severity is Severity.PASS


@pytest.mark.parametrize(
    ("written", "reviewer", "severity"),
    [
        ("Thank you, Maria Lopez.", "kp77", Severity.BLOCK),
        ("Thanks, Featherstone!", "kp77", Severity.REVIEW),
        ("We are glad to hear this, Wilhelmina.", "kp77", Severity.REVIEW),
        ("Wilhelmina, we hear you.", "kp77", Severity.REVIEW),
        ("Thanks, Wilhelmina!", "Wilhelmina F.", Severity.REMIND),
        ("Thanks, Maple!", "MapleFan22", Severity.REMIND),
        ("Thank you for the feedback, we read all of it.", "Quiet Reader", Severity.PASS),
        ("We will pass it on to Nadia.", "kp77", Severity.PASS),
    ],
)
def test_whoever_is_spoken_to_by_a_name_that_is_not_public_is_found(
    written: str, reviewer: str, severity: Severity
) -> None:
    found = Checker.shipped().check(written, PublicContext(reviewer=reviewer))
    assert found.severity is severity


@pytest.mark.parametrize(
    "reply",
    [
        "Mrs. Henderson, please call us at 555-0123.",
        "Thanks for your call, Mrs. Henderson.",
        "Mrs. Henderson, our manager will call you.",
        "Mrs. Henderson, our office would love to help.",
        "Mrs. Henderson, ask our manager.",
        "Mrs. Henderson, contact the office manager.",
        "Thank you, Mrs. Henderson.",
        "Your driver, Mr. Petrakis, was kind.",
        "Thank you, Marisela, do write again.",
        "Your nurse, Marisela.",
        "- Mrs. Henderson, thank you.",
        "- J. Henderson, call us.",
        "- J. Henderson was rude.",
        "Thanks to J. Henderson.",
        "Thank you, J. Featherstone, teacher.",
        "Thank you, J. Featherstone, our favorite teacher.",
        "Thank you, Mrs. Featherstone, our favorite teacher.",
        "Thanks, Featherstone, our favorite nurse!",
        "Your phone on file is 555-0142.",
        "We tried your cell, 555-0142.",
        "Thank you, Dr. R. Featherstone!",
        "Dr. R. Featherstone, please call us.",
        "Keisha, your NP, just did a little dance.",
        "Thanks, Keisha, our resident!",
        "Best wishes, Abigail!",
        "Kind regards, Mrs. Quenby.",
        "Warmly, thank you, Abigail.",
    ],
)
def test_an_office_or_a_telephone_beside_it_does_not_excuse_a_patients_name(
    checker: Checker, reply: str
) -> None:
    assert checker.check(reply, PublicContext()).severity >= Severity.REVIEW


@pytest.mark.parametrize(
    "reply",
    [
        "No one should have to prove it.",
        "Anyone may ask for a month to think it over.",
        "We want to be you when we grow up.",
    ],
)
def test_what_sounds_like_pressure_and_is_none(checker: Checker, reply: str) -> None:
    assert "RV-14" not in {each.category for each in checker.check(reply, NOBODY).findings}


def without_statistics(checker: Checker) -> Checker:
    return Checker(
        checker.lexicon, checker.weights, replace(checker.phrases, blend=(0.0, 0.0, -30.0))
    )


@pytest.mark.parametrize(
    ("said_of_anybody", "said_of_you"),
    [
        (
            "Leaflets lie at the desk, and if you are a patient your nurse has more of them.",
            "Leaflets lie at the desk, and you are a patient, so your nurse has more of them.",
        ),
        (
            "We are sorry that you came away from anything with that feeling.",
            "We are sorry that you came on Monday with that feeling.",
        ),
        ("Sorry you felt ignored!", "Sorry you were ignored!"),
        ("Thank you for visiting our page.", "Thank you for visiting our office."),
        ("The two sides of a face do not match.", "There are two sides to this."),
        ("We painted two sides of the hall.", "There are two sides."),
        ("Chairs stand along two sides of it.", "We know the two sides of that story."),
        ("The copay is told by your plan.", "Your plan denied it."),
        ("I can't say who's a patient of ours and who isn't.", "She is a patient of ours."),
        (
            "The policy speaks of three missed visits.",
            "The reason is three missed visits.",
        ),
    ],
)
def test_no_rule_stops_what_would_stand_for_anybody(
    checker: Checker, said_of_anybody: str, said_of_you: str
) -> None:
    rules_alone = without_statistics(checker)
    assert not rules_alone.check(said_of_anybody, PublicContext()).findings
    assert rules_alone.check(said_of_you, PublicContext()).severity >= Severity.REVIEW


@pytest.mark.parametrize(
    "reply",
    [
        "You should be ashamed of yourself.",
        "People like this ought to be ashamed.",
        "Ashamed of this review?",
        "Shame on you.",
        "People in glass houses, you know.",
        "I would be careful with such words.",
        "Prove it.",
        "Consider this our last warning.",
        "Courts read these pages too.",
        "It is easy to hide behind a keyboard.",
    ],
)
def test_shaming_and_veiled_threats_are_pressure(checker: Checker, reply: str) -> None:
    assert "RV-14" in {each.category for each in checker.check(reply, PublicContext()).findings}


@pytest.mark.parametrize(
    "reply",
    [
        "Please ask for Ms. Ingram.",
        "Mr. Ortiz runs the group.",
        "Our janitor, Mr. Ellis, fixed the door.",
        "Concerns may be sent to Ms. Fenwick, Practice Manager.",
        "- J. Adler",
        "Hello, we thank you.",
        "Our privacy officer, J. Castellanos, reads every letter.",
        "- T. Nakasone, Compliance",
        "Bea, our privacy lead, reads every review.",
        "Ms. Rourke at 555-0119 is the right person to speak to.",
        "Dr. S. Moreau, director",
        "Dr. S. Moreau sees walk-ins on Mondays.",
        "Keisha, our NP, just did a little dance.",
        "I remain, gratefully, E. Prewitt, DPM.",
        "All of it, Tuesdays.",
        "With kind regards, Abigail",
        "With warm wishes, Saoirse",
        "Yours sincerely, J. Quenby, billing",
        "Miss Abby designed the climbing wall.",
    ],
)
def test_a_titled_colleague_is_no_patient(checker: Checker, reply: str) -> None:
    found = checker.check(reply, PublicContext()).findings
    assert not [each for each in found if each.category == "RV-01"]


@pytest.mark.parametrize(
    ("reviewer", "reply"),
    [
        ("HighRollerRon", "Jackpot, Ron!"),
        ("", "Hey, thanks for the candor."),
        ("", "Anybody who thinks that more was sent should call me at 555-0164."),
        ("", "Nothing is charged if the slot is used or cancelled."),
        ("", "A good one will be glad you did."),
        ("", "Ha, we see what you did there."),
        ("", "The owner reads these: Mr. Abel Nakasone, 555-0118."),
        ("", "Warmly, Abel Quenby, MD, FACS"),
        ("", "Abel Nakasone, VP, 555-0118"),
        ("", "The lot is open until nine, as our sign and the board in the hall say."),
    ],
)
def test_no_rule_takes_an_ordinary_word_for_a_person_or_a_visit(
    checker: Checker, reviewer: str, reply: str
) -> None:
    verdict = without_statistics(checker).check(reply, PublicContext(reviewer=reviewer))
    assert verdict.severity <= Severity.REMIND


@pytest.mark.parametrize(
    ("reviewer", "reply", "severity"),
    [
        ("HighRollerRon", "Jackpot, Tim!", Severity.REVIEW),
        ("", "Hey Marla, thanks for the candor.", Severity.REVIEW),
        ("", "We called you at 555-0164.", Severity.BLOCK),
        ("", "The office called the number given to us, 555-0164.", Severity.BLOCK),
        ("", "The slot is at nine.", Severity.BLOCK),
        ("", "Nobody was glad about what you did.", Severity.BLOCK),
        ("", "Your visit is on Tuesday.", Severity.BLOCK),
        ("", "The next appointment is on Tuesday.", Severity.BLOCK),
        ("", "Mr. Abel Nakasone has a new number, 555-0118.", Severity.REVIEW),
        ("", "Hello Mr. Abel Nakasone, 555-0118 is our number.", Severity.BLOCK),
        ("", "The notice was mailed, and then we tried 555-0118.", Severity.BLOCK),
        ("", "Please post your account numbers in this thread.", Severity.BLOCK),
        ("", "We are glad about your fingers.", Severity.BLOCK),
        ("", "Nakasone, Quenby, Featherstone", Severity.REVIEW),
        ("", "Sign with your real name.", Severity.BLOCK),
        ("", "Well, post it.", Severity.BLOCK),
        ("", "Cross your fingers that your root canal heals.", Severity.BLOCK),
        ("", "Nobody should post this, but post your chart number here.", Severity.BLOCK),
        (
            "",
            "We called her on Monday, left word, and then tried a cousin of hers at 555-0142.",
            Severity.BLOCK,
        ),
        ("", "You mean a different doctor.", Severity.BLOCK),
        ("", "Anyone who talks like this is banned from our halls.", Severity.BLOCK),
        ("", "State your card number here.", Severity.BLOCK),
        ("", "Try being a decent neighbor.", Severity.REVIEW),
        ("", "This goes up as Exhibit A.", Severity.REVIEW),
        ("", "Your landlord will be hearing about this from us.", Severity.REVIEW),
    ],
)
def test_rules_alone_find_their_neighbours(
    checker: Checker, reviewer: str, reply: str, severity: Severity
) -> None:
    verdict = without_statistics(checker).check(reply, PublicContext(reviewer=reviewer))
    assert verdict.severity is severity
