"""Finds what points to a person by its form: names beyond the display name, phones, addresses.

The checker never looks into the patients' records (REQ-51). A name is known by its shape: a
capital inside a sentence on a word that is no ordinary word, a title, an initial.
"""

import re

from carekraft_desktop.guardrail.handles import after_handle, handle_parts, in_handle
from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.name_words import ACRONYMS, CALLS, DAYS, GREETINGS, TITLES, TURNS
from carekraft_desktop.guardrail.numbers import number
from carekraft_desktop.guardrail.of_ours import (
    greeted,
    holds_an_office,
    is_doctor,
    of_the_office,
    office_before,
    one_of_ours,
)
from carekraft_desktop.guardrail.page import Page
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.signing import signs
from carekraft_desktop.guardrail.text import Folded, Sentence, Token

Found = tuple[str, Severity, int, int]


def named(
    sentence: Sentence, folded: Folded, written: str, page: Page, lexicon: Lexicon
) -> list[Found]:
    """Each name, number or address that is not on the public page; places in the sentence."""
    handle = sorted(handle_parts(page.reviewer))
    public = {part for name in (*page.staff, *page.addresses, *page.sites)
              for part in re.findall(r"[^\W_]+", name.casefold())}  # fmt: skip
    result: list[Found] = []
    tokens = sentence.tokens
    words = [token.word for token in tokens]
    for at, token in enumerate(tokens):
        start, end = token.start - sentence.start, token.end - sentence.start
        if in_handle(token.word, page.reviewer.casefold(), handle, lexicon):
            result.append(("RV-01", Severity.REMIND, start, end))
            continue
        severity = number(token.word, words, page)
        if severity is Severity.PASS and token.word.isalpha() and token.word not in public:
            severity = _name(at, tokens, folded, written, page, handle, lexicon)
        if severity > Severity.PASS:
            link = token.word.startswith(("http", "www."))
            result.append(("RV-13" if link else "RV-01", severity, start, end))
    return result


def _name(
    at: int,
    tokens: tuple[Token, ...],
    folded: Folded,
    written: str,
    page: Page,
    handle: list[str],
    lexicon: Lexicon,
) -> Severity:
    """How much a word is somebody's name, by its form and by what stands before it."""
    if not _is_name(at, tokens, folded, written, lexicon):
        return Severity.PASS
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    initial = len(before) == 2 and before[1] == "." and len(before[0]) == 1
    first = at - 2 * initial
    if signs(at, tokens) or is_doctor(at, first, tokens) or one_of_ours(at, first, tokens):
        return Severity.PASS
    if initial or after_handle(at, tokens, page.reviewer.casefold(), handle, lexicon):
        return Severity.BLOCK
    if _titled(before):
        return _titled_name(at, tokens)
    if not _addressed(at, tokens) or office_before(at, tokens):
        return Severity.PASS
    whole = at + 1 < len(tokens) and _is_name(at + 1, tokens, folded, written, lexicon)
    return Severity.BLOCK if whole else Severity.REVIEW


def _addressed(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether somebody is spoken to at this place: greeted, thanked, or called at either end."""
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not before:
        then = tokens[at + 2].word if at + 2 < len(tokens) else ""
        return after == "," and then in TURNS
    if before[-1] != ",":
        return before[-1] in GREETINGS
    if {"ask", "for"} <= {token.word for token in tokens[:at]}:
        return False  # "ask for me, Maria" is how somebody of the office signs
    # "Thank you, Maria." and "We are glad, Maria Lopez!", but not a list of colleagues.
    last = at + 1 >= len(tokens) or (at + 2 >= len(tokens) and after.isalpha())
    return last or (len(before) == 2 and before[0] in GREETINGS)


def _titled_name(at: int, tokens: tuple[Token, ...]) -> Severity:
    """Whoever is called by title and name is a patient; whoever is told of may be one of us."""
    first = at - (2 if tokens[at - 1].word == "." else 1)
    before = tokens[first - 1].word if first > 0 else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    called = before in GREETINGS or (not after.isalpha() and before in {"", ","})
    if holds_an_office(at, first, tokens) and not greeted(first, tokens):
        return Severity.PASS
    if called:
        return Severity.BLOCK
    return Severity.PASS if of_the_office(at, first, tokens) else Severity.REVIEW


def _is_name(
    at: int, tokens: tuple[Token, ...], folded: Folded, written: str, lexicon: Lexicon
) -> bool:
    token = tokens[at]
    if token.word in lexicon.words or token.word in CALLS or len(token.word) < 3:
        return False
    if token.word in ACRONYMS or token.word in GREETINGS or token.word.removesuffix("s") in DAYS:
        return False
    start, _ = folded.place(token.start, token.end)
    return written[start : start + 1].isupper()


def _titled(before: list[str]) -> bool:
    return bool(before) and (before[-1] in TITLES or (before[-1] == "." and before[0] in TITLES))
