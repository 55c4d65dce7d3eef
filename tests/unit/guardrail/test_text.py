"""One spelling for what looks alike, and the place of each letter."""

import pytest

from carekraft_desktop.guardrail.text import fold, sentences, tokens

WORDS = frozenset(
    [
        "your",
        "crown",
        "root",
        "canal",
        "biopsy",
        "was",
        "benign",
        "doctor",
        "told",
        "you",
        "we",
        "saw",
        "the",
        "went",
        "fine",
    ]
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("YOUR CROWN", "your crown"),
        ("Ｙｏｕｒ ｃｒｏｗｎ", "your crown"),
        ("yo\u200bur cro\u00adwn", "your crown"),
        ("ÿöür crówn", "your crown"),
        ("уоur сrоwn", "your crown"),
        ("𝓎𝑜𝓊𝓇 𝒸𝓇ℴ𝓌𝓃", "your crown"),
        ("ʏᴏᴜʀ ᴄʀᴏᴡɴ", "your crown"),
        ("🅨🅞🅤🅡 crown", "your crown"),
        ("y0ur cr0wn", "your crown"),
        ("y o u r  c r o w n", "your crown"),
        ("y.o.u.r c-r-o-w-n", "your crown"),
        ("yoooour crown", "your crown"),
        ("we s*a*w y_o_u", "we saw you"),
        ("r00t c@nal", "root canal"),
    ],
)
def test_disguises_read_the_same(written: str, read: str) -> None:
    assert " ".join(fold(written, WORDS).text.split()) == read


@pytest.mark.parametrize("written", ["call 555-0100 at 5pm", "a1c", "24 hours", "it's on May 1"])
def test_ordinary_numbers_stay(written: str) -> None:
    assert fold(written, WORDS).text == written.lower()


def test_a_folded_letter_knows_where_it_stood() -> None:
    written = "ok 🙏 y o u r crown"
    folded = fold(written, WORDS)
    at = folded.text.index("crown")
    start, end = folded.place(at, at + 5)
    assert written[start:end] == "crown"
    at = folded.text.index("your")
    start, end = folded.place(at, at + 4)
    assert written[start:end] == "y o u r"
    assert folded.place(5, 5) == (0, 0)


def test_abbreviations_and_numbers_do_not_end_a_sentence() -> None:
    found = sentences(fold("Dr. Kim is in at 3.30. J. T. called!\nBye", WORDS).text)
    assert [each.mark for each in found] == [".", "!", ""]


def test_numbers_and_addresses_are_one_token() -> None:
    words = [each.word for each in tokens("call (303) 555-0100 or a.b@example.com, 6/2/1958, $45")]
    assert {"(303) 555-0100", "a.b@example.com", "6/2/1958", "$45"} <= set(words)
