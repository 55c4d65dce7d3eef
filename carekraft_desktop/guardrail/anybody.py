"""Whether a sentence is about nobody in particular."""

from carekraft_desktop.guardrail import features
from carekraft_desktop.guardrail.matching import MED

_IF = frozenset(
    ["if", "should", "whether", "when", "whenever", "anyone", "everyone", "everybody",
     "anybody", "nobody", "suppose", "all", "any", "most", "many", "some", "no", "every",
     "each"]
)  # fmt: skip
"""Words with which a sentence about everybody or nobody begins."""
_US = frozenset(["we", "i", "we've", "i've"])
_PLACES = frozenset(
    ["office", "clinic", "practice", "provider", "doctor", "doctor's", "dentist", "hospital"]
)
_SAY = frozenset(
    ["confirm", "deny", "say", "tell", "comment", "disclose", "discuss", "acknowledge"]
)
_OPEN = frozenset(["may", "can", "could", "might"])
_FIXED = frozenset({*MED, "DAY", "THATDAY", "BILL", "FAMILY", "BEHAVE", "COUNT"})


def about_anybody(words: list[str], found: list[tuple[str, ...]]) -> bool:
    """Whether the sentence is about nobody in particular: general or truly conditional."""
    if _neither_confirms_nor_denies(words, found):
        return True
    if words[0] == "if" and "ever" in words and not _OPEN.isdisjoint(words):
        return all(_FIXED.isdisjoint(names) for names in found)
    tense = features.tense(words)
    ours = "p" in tense and not _US.isdisjoint(words)
    if not ours and any(
        word == "any" and not _PLACES.isdisjoint(words[at + 1 : at + 3])
        for at, word in enumerate(words)
    ):
        return True  # "bring your card to any office" is advice for everybody
    if "h" in tense or "p" in tense:
        return False
    if words[0] in _IF:
        return True
    generic = sum("GENERIC" in names for names in found)
    return bool(generic) and not any("YOUR" in names for names in found)


def _neither_confirms_nor_denies(words: list[str], found: list[tuple[str, ...]]) -> bool:
    """A refusal to say whether, or if ever, with no definite fact inside it."""
    said = set(words)
    return (
        (
            "whether" in said
            or {"if", "ever"} <= said
            or {"confirm", "deny"} <= said
            or {"who's", "who", "isn't"} <= said
        )
        and not _SAY.isdisjoint(said)
        and any("NEG" in names for names in found)
        and all(_FIXED.isdisjoint(names) for names in found)
        and not any(word[0].isdigit() for word in words)
    )
