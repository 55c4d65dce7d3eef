"""`docs/requirements.md` says what the suite proves, and what it does not."""

from tests.requirements import OPEN, PARTLY, ROOT, WORDS, document, proofs, state


def test_the_table_is_current() -> None:
    assert (ROOT / "docs" / "requirements.md").read_text("utf-8") == document(), (
        "python -m tests.requirements > docs/requirements.md"
    )


def test_every_number_that_a_test_carries_is_in_the_table() -> None:
    assert set(proofs()) <= set(WORDS)


def test_what_is_open_has_no_test_and_what_is_proved_has_one() -> None:
    found = proofs()
    assert not set(OPEN) & set(found)
    assert set(PARTLY) <= set(found)
    for number in WORDS:
        assert (state(number, found.get(number, [])) == "proved") is (
            number in found and number not in PARTLY
        )
