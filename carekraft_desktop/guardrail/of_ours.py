"""Whether whoever is named belongs to the office."""

from itertools import takewhile

from carekraft_desktop.guardrail.name_words import CALL, CONTACT, GREETINGS, OFFICES, TURNS, WORKS
from carekraft_desktop.guardrail.numbers import is_telephone
from carekraft_desktop.guardrail.text import Token


def holds_an_office(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether an office stands beside the name: "our janitor, Mr. X", "Ms. X, practice manager"."""
    leading = [token.word for token in tokens[max(0, first - 5) : first]]
    if "your" not in leading and not OFFICES.isdisjoint(leading[-2:]):
        return True
    following = [token.word for token in tokens[at + 1 : at + 6]]
    if following[:1] != [","] or "your" in following:
        return False
    aside = list(takewhile(str.isalpha, following[1:]))
    # "Mrs. X, our manager will call you" and "Mrs. X, ask our manager" speak to Mrs. X.
    closed = len(aside) < len(following) - 1 or at + 1 + len(following) >= len(tokens)
    short = len(aside) <= (3 if aside[:1] in (["our"], ["the"]) else 2)
    return closed and short and not OFFICES.isdisjoint(aside[-1:]) and CONTACT.isdisjoint(aside)


def one_of_ours(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether somebody without a title is said to be ours: a bare occupation may be a patient's."""
    beside = [
        token.word for token in (*tokens[max(0, first - 4) : first], *tokens[at + 1 : at + 4])
    ]
    ours = not {"our", "my"}.isdisjoint(beside)
    return ours and holds_an_office(at, first, tokens) and not greeted(first, tokens)


def is_doctor(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether "Dr." stands before the name, and nobody of that name is spoken to."""
    start = first - (2 if first and tokens[first - 1].word == "." else 1)
    if start < 0 or tokens[start].word not in {"dr", "doctor"} or greeted(start, tokens):
        return False
    following = [token.word for token in tokens[at + 1 : at + 3]]
    return following[:1] != [","] or CALL.union(TURNS).isdisjoint(following)


def greeted(first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a greeting or thanks stands before the name, with a comma or without."""
    before = [token.word for token in tokens[max(0, first - 2) : first]]
    return bool(before) and (
        before[-1] in GREETINGS or (before[-1] == "," and before[0] in GREETINGS)
    )


def of_the_office(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether who is told of is said to work here: "ask for Ms. X", "Mr. X runs the group"."""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = {token.word for token in tokens[max(0, first - 3) : first]}
    return after in WORKS or _has_a_line(at, tokens) or not before.isdisjoint(CONTACT)


def _has_a_line(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a telephone number follows: "Ms. X at 555-0123", "Mr. A. X, 555-0123"."""
    following = [token.word for token in tokens[at + 1 : at + 5]]
    for surname in (0, 1):
        if following[surname : surname + 1] in (["at"], [","]):
            return any(map(is_telephone, following[surname + 1 : surname + 3]))
    return False


def office_before(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether the name says who holds an office: "our coordinator, Sam"."""
    before = [token.word for token in tokens[max(0, at - 5) : at]]
    return before[-1:] == [","] and not OFFICES.isdisjoint(before[-2:-1]) and "your" not in before
