"""Numbers, addresses and links: the office's own, or somebody's."""

import re

from carekraft_desktop.guardrail.name_words import CALL, REACHED, VOICEMAIL
from carekraft_desktop.guardrail.page import Page
from carekraft_desktop.guardrail.rules import Severity

_TELEPHONE = frozenset([7, 10, 11])
"""Digits of a telephone number."""
_DATE_OF_BIRTH = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d{2}")


def number(word: str, words: list[str], page: Page) -> Severity:
    """How much a number, address or link points to a person rather than to the office."""
    digits = re.sub(r"\D", "", word)
    if "@" in word and word[0] != "@":
        known = any(word in address.casefold() for address in page.addresses)
        return Severity.BLOCK if page.addresses and not known else Severity.PASS
    if word.startswith(("http", "www.")):
        known = any(site.casefold().rstrip("/") in word for site in page.sites)
        return Severity.PASS if known else Severity.REVIEW
    if _DATE_OF_BIRTH.fullmatch(word):
        return Severity.BLOCK
    if is_telephone(word):
        if page.phones:
            known = any(digits in re.sub(r"\D", "", phone) for phone in page.phones)
            return Severity.PASS if known else Severity.BLOCK
        reached = _tells_who_was_reached(words[: words.index(word)], words)
        return Severity.BLOCK if reached else Severity.PASS
    return Severity.PASS


def is_telephone(word: str) -> bool:
    """Whether it has as many digits as a telephone number; an amount of money is none."""
    return len(re.sub(r"\D", "", word)) in _TELEPHONE and not word.startswith("$")


def _tells_who_was_reached(before: list[str], words: list[str]) -> bool:
    """Somebody was called there, or it is theirs; a line that "can be called" is the office's."""
    close = before[-6:]
    if "your" in close and CALL.isdisjoint(close[close.index("your") :]):
        return True
    if not VOICEMAIL.isdisjoint(words) and "left" in words:
        return True
    if not (CALL - {"us", "me"}).isdisjoint(before[-3:]):
        return False  # "whoever thinks that it was sent should call me at 555-0164"
    return any(
        word in REACHED and not (at and words[at - 1] in {"be", "when"})
        for at, word in enumerate(words)
    )
