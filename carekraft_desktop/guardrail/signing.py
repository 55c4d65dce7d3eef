"""Whether a name is the writer's own."""

from carekraft_desktop.guardrail.name_words import CALL, CONTACT, DEGREES, FAREWELLS, TITLES, TURNS
from carekraft_desktop.guardrail.text import Token

_CLOSING = 5
"""Most words and signs from the writer's name on: a name, a comma, an office."""


def signs(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether the name is the writer's own: with a degree behind it, or a degree itself."""
    after = [token.word for token in tokens[at + 1 : at + 3]]
    if tokens[at].word in DEGREES or (after[:1] == [","] and after[-1] in DEGREES):
        return True
    return _after_farewell(at, tokens) or _after_dash(at, tokens)


def _after_farewell(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a letter ends here: "With kind regards, Maria"; "Best wishes, Maria" may be to her."""
    words = [token.word for token in tokens]
    if "," not in words[:at]:
        return False
    comma = words.index(",")
    farewell, name = words[:comma], [word for word in words[comma:] if len(word) > 1]
    closes = farewell[-1:] == ["wishes"] and farewell[0] == "with"
    return (
        (closes or not FAREWELLS.isdisjoint(farewell[-1:]))
        and len(farewell) <= _CLOSING
        and len(name) <= _CLOSING - 2
        and TITLES.isdisjoint(name)
        and not any(word in CONTACT | TURNS | CALL for word in name)
    )


def _after_dash(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a line of its own holds the writer's name."""
    # "- J. Adler, billing" closes a letter; "- Mrs. Adler, please call" does not.
    closing = [token.word for token in tokens]
    return (
        closing[:1] == ["-"]
        and all(word == "." or len(word) == 1 for word in closing[1:at])
        and (closing[at + 1 :] == [] or closing[at + 1] == ",")
        and len(closing) - at <= _CLOSING
        and not any(word in CONTACT | TURNS | CALL for word in closing[at:])
    )
