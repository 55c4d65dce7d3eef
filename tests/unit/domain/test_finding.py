"""What was typed is understood as a receptionist means it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.domain.finding import Wanted, one_slip_apart, plain, understand


@pytest.mark.parametrize(
    "typed",
    [
        "3/12/1979",
        "03/12/1979",
        "3-12-1979",
        "12.3.1979",
        "1979-03-12",
        "mar 12 1979",
        "March 12, 1979",
        "12 mar 1979",
        "12. March 1979",
        "03121979",
        "19790312",
        "3/12/79",
    ],
)
def test_a_birth_date_in_any_usual_form(typed: str) -> None:
    wanted = understand(typed)
    assert "1979-03-12" in wanted.births
    assert wanted.words == ()


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("demir", Wanted(words=("demir",))),
        ("  ELIF   Demír ", Wanted(words=("elif", "demir"))),
        ("o'neil-smith", Wanted(words=("o", "neil", "smith"))),
        ("0142", Wanted(tail="0142")),
        ("(312) 555-0142", Wanted(tail="3125550142")),
        ("demir 0142", Wanted(words=("demir",), tail="0142")),
        ("12", Wanted()),
        ("ck-7f3k-2210", Wanted(number="CK-7F3K-2210")),
        ("CK7F3K2210", Wanted(number="CK-7F3K-2210")),
        ("ck 7f3k", Wanted(number="CK-7F3K")),
        ("", Wanted()),
        ("!!! ???", Wanted()),
        ("demir 3/12/1979", Wanted(words=("demir",), births=("1979-03-12", "1979-12-03"))),
        ("99/99/1979", Wanted(tail="99991979")),
        ("ليلى", Wanted(words=("ليلى",))),
        ("Nguyễn", Wanted(words=("nguyen",))),
    ],
)
def test_what_was_typed_is_understood(typed: str, wanted: Wanted) -> None:
    assert understand(typed) == wanted


@given(st.text(max_size=300))
def test_anything_may_be_typed(typed: str) -> None:
    wanted = understand(typed)
    assert all(word == plain(word) or word for word in wanted.words)


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("demir", "demit", True),
        ("demir", "deimr", True),
        ("demir", "dmir", True),
        ("demir", "demirr", True),
        ("demir", "xdemir", True),
        ("demir", "demir", False),
        ("demir", "dmri", False),
        ("demir", "dexxr", False),
        ("ab", "abcd", False),
    ],
)
def test_one_slip_of_the_finger(one: str, other: str, near: bool) -> None:
    assert one_slip_apart(one, other) is near
    assert one_slip_apart(other, one) is near


@given(st.text("abcd", min_size=1, max_size=8), st.data())
def test_each_single_slip_is_one_slip(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("abcdz"))
    slips = {
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at:],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at : at + 2][::-1] + word[at + 2 :],
    }
    assert all(one_slip_apart(word, slip) for slip in slips - {word})
