"""No disguise gets a blocked text past, a rewrite always passes, and nothing makes it crash."""

from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.rewrite import rewritten
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.text import LONGEST

CHECKER = Checker.shipped()
NOBODY = PublicContext()

BLOCKED = (
    "Your root canal went fine.",
    "We saw you last Tuesday.",
    "Your insurance denied the claim.",
    "You missed your appointment.",
    "Your daughter was brave.",
    "We prescribed you antibiotics.",
    "You were rude to our nurse.",
    "Our attorney will contact you.",
)
ACCENTS = "\u0301\u0308\u0323\u0327"
HIDDEN = "\u200b\u200c\u200d\u2060\u00ad\ufeff"
ALIKE = str.maketrans("aeopcxyi", "аеорсхуі")
LEET = str.maketrans("aeiost", "43105" + "7")


def wide(written: str) -> str:
    return "".join(chr(ord(each) + 0xFEE0) if "!" <= each <= "~" else each for each in written)


def spaced(written: str) -> str:
    return "  ".join(" ".join(word) for word in written.rstrip(".").split())


def accented(written: str) -> str:
    return "".join(
        each + ACCENTS[at % 4] if each.isalpha() else each for at, each in enumerate(written)
    )


def hidden(written: str) -> str:
    return "".join(each + HIDDEN[at % 6] for at, each in enumerate(written))


DISGUISES = (
    str.upper, str.lower, str.title, str.swapcase, wide, spaced, accented, hidden,
    lambda written: written.lower().translate(ALIKE),
    lambda written: written.lower().translate(LEET),
    lambda written: written.replace(" ", "   "),
    lambda written: written.replace(" ", "\u00a0"),
    lambda written: "🙂".join(written.split(" ")),
)  # fmt: skip


@pytest.mark.parametrize("written", BLOCKED)
@pytest.mark.parametrize("disguise", DISGUISES)
def test_no_disguise_gets_a_blocked_text_past(written: str, disguise: object) -> None:
    assert CHECKER.check(written, NOBODY).severity is Severity.BLOCK
    hidden_text = disguise(written)  # type: ignore[operator]
    assert CHECKER.check(hidden_text, NOBODY).severity >= Severity.REVIEW, hidden_text


@given(
    st.sampled_from(BLOCKED),
    st.lists(st.tuples(st.integers(0, 60), st.sampled_from(HIDDEN + ACCENTS))),
)
def test_hidden_and_combining_marks_anywhere_change_nothing(
    written: str, marks: list[tuple[int, str]]
) -> None:
    for place, mark in marks:
        at = 1 + place % len(written)
        written = written[:at] + mark + written[at:]
    assert CHECKER.check(written, NOBODY).severity is Severity.BLOCK


@settings(max_examples=200)
@given(st.text(max_size=300))
def test_any_text_gets_a_verdict_with_places_inside_it(written: str) -> None:
    verdict = CHECKER.check(written, NOBODY)
    assert all(each.category != "CHECK" for each in verdict.findings)
    for each in verdict.findings:
        assert 0 <= each.start <= each.end <= len(written)


PARTS = st.sampled_from(
    (*BLOCKED, "Thank you.", "Please call us.", "We read every comment.", "It healed well.",
     "Sorry for the wait", "Our office opens at eight.", "谢谢", "Dr. Kim says hi!", "your crown")
)  # fmt: skip


@settings(max_examples=100)
@given(st.lists(PARTS | st.text(max_size=40), max_size=6), st.sampled_from(["", "Maple", "x y z"]))
def test_a_rewrite_passes_and_is_not_changed_by_rewriting_again(
    parts: list[str], reviewer: str
) -> None:
    context = PublicContext(reviewer=reviewer, phones=("555-0100",))
    once = rewritten(CHECKER, " ".join(parts), context)
    assert CHECKER.check(once, context).severity <= Severity.REMIND
    assert rewritten(CHECKER, once, context) == once


@pytest.mark.parametrize(
    "seed",
    ["your ", "a", ". ", "y o u ", "not ", "thank you and ", "1", "x@", "\u202e", "- ", "((",
     "we saw ", "a.", "\u0301", "🙏", "y0", "call 555-", "please do not ", "http://", "the the "],
)  # fmt: skip
@pytest.mark.parametrize("size", [600, 4_000, 100_000])
def test_every_text_has_a_verdict_of_its_own(seed: str, size: int) -> None:
    written = (seed * size)[:size]
    verdict = CHECKER.check(written, NOBODY)
    assert verdict.text_hash == sha256(written.encode("utf-8", "surrogatepass")).hexdigest()
    assert verdict.severity is Severity.BLOCK or size <= LONGEST
