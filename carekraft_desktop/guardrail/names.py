"""Finds what points to a person by its form: names beyond the display name, phones, addresses.

The checker never looks into the patients' records (REQ-51). A name is known by its shape: a
capital inside a sentence on a word that is no ordinary word, a title, an initial.
"""

import re
from typing import Protocol

from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.text import Folded, Sentence, Token


class Page(Protocol):
    """The part of the public context that allows names and numbers."""

    @property
    def reviewer(self) -> str: ...
    @property
    def staff(self) -> tuple[str, ...]: ...
    @property
    def phones(self) -> tuple[str, ...]: ...
    @property
    def addresses(self) -> tuple[str, ...]: ...
    @property
    def sites(self) -> tuple[str, ...]: ...


Found = tuple[str, Severity, int, int]

_OURS = frozenset("dr drs doctor nurse our ask contact call manager director owner named hygienist "
                  "therapist receptionist sister pastor founder officer team at in on street "
                  "administrator coordinator supervisor advocate from near of".split())  # fmt: skip
_TITLES = frozenset("mr mrs ms miss mx mister".split())
_LITTLE = frozenset("the of and a an i is in at my to me you not on for so it was no very".split())
_STREET = frozenset("street st avenue ave road rd lane ln drive court ct boulevard blvd way place "
                    "circle terrace".split())  # fmt: skip
_GIVEN = frozenset("contact call reach phone dial ring at line hotline fax number text visit".split())


def named(
    sentence: Sentence, folded: Folded, written: str, page: Page, lexicon: Lexicon
) -> list[Found]:
    """Each name, number or address that is not on the public page; places in the sentence."""
    handle = sorted(handle_parts(page.reviewer))
    public = {part for name in (*page.staff, *page.addresses, *page.sites)
              for part in re.findall(r"[^\W_]+", name.casefold())}  # fmt: skip
    result: list[Found] = []
    tokens = sentence.tokens
    for at, token in enumerate(tokens):
        start, end = token.start - sentence.start, token.end - sentence.start
        if _in_handle(token.word, page.reviewer.casefold(), handle):
            result.append(("RV-01", Severity.REMIND, start, end))
            continue
        if token.word.isalpha() and token.word not in public and _is_name(
            at, tokens, folded, written, lexicon
        ):
            if _after_handle(at, tokens, page.reviewer.casefold(), handle) or _titled(at, tokens):
                result.append(("RV-01", Severity.BLOCK, start, end))
    return result


def handle_parts(reviewer: str) -> frozenset[str]:
    """The words of a display name, folded; ordinary little words are no part of it."""
    return frozenset(re.findall(r"[^\W_]+", reviewer.casefold())) - _LITTLE


def _in_handle(word: str, handle: str, parts: list[str]) -> bool:
    """Whether the word is the display name or a part of it; short words must match whole."""
    if word in parts:
        return len(word) > 1 and not word.isdigit()
    return len(word) > 3 and word.isalpha() and word in handle


def _is_name(at: int, tokens: tuple[Token, ...], folded: Folded, written: str, lexicon: Lexicon) -> bool:
    token = tokens[at]
    if token.word in lexicon.words or len(token.word) < 3:
        return False
    start, _ = folded.place(token.start, token.end)
    return written[start : start + 1].isupper()


def _after_handle(at: int, tokens: tuple[Token, ...], handle: str, parts: list[str]) -> bool:
    return at > 0 and _in_handle(tokens[at - 1].word, handle, parts)


def _titled(at: int, tokens: tuple[Token, ...]) -> bool:
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    return bool(before) and (before[-1] in _TITLES or (before[-1] == "." and before[0] in _TITLES))
