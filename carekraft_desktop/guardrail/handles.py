"""The display name that a reviewer chose, and its parts."""

import re

from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.name_words import LITTLE
from carekraft_desktop.guardrail.text import Token


def handle_parts(reviewer: str) -> frozenset[str]:
    """The words of a display name, folded; ordinary little words are no part of it.

    So is a short name inside an invented word, "Ron" in "HighRollerRon"; `in_handle` finds longer ones.
    """
    humps = {hump.casefold() for hump in re.findall(r"[A-Z][a-z]{1,2}(?![a-z])", reviewer)}
    return frozenset(humps.union(re.findall(r"[^\W_]+", reviewer.casefold()))) - LITTLE


def in_handle(word: str, handle: str, parts: list[str], lexicon: Lexicon) -> bool:
    """Whether the word is the display name, a part of it, or stands inside an invented part.

    "maple" is of "MapleFan22", but "read" is not of "Quiet Reader".
    """
    if word in parts:
        return len(word) > 1 and not word.isdigit()
    if len(word) <= 3 or not word.isalpha() or word not in handle:
        return False
    inside = [part for part in parts if word in part]
    return not inside or any(part not in lexicon.words for part in inside)


def after_handle(
    at: int, tokens: tuple[Token, ...], handle: str, parts: list[str], lexicon: Lexicon
) -> bool:
    """Whether the display name stands just before: "Ellen Marchetti" adds to "Ellen"."""
    return at > 0 and in_handle(tokens[at - 1].word, handle, parts, lexicon)
