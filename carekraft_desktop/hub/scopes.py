"""What a partner's system may do: SMART scopes such as `system/Slot.rs` (SMART App Launch 2.2).

The letters are create, read, update, delete, search. The older words are understood, too:
`read` is `rs`, `write` is `cud`, `*` is all.
"""

import re

LETTERS = "cruds"
KNOWN = (
    "Appointment",
    "AppointmentResponse",
    "Location",
    "Organization",
    "Patient",
    "Practitioner",
    "Schedule",
    "Slot",
)
"""Resource types of the facade."""
_OLD = {"read": "rs", "write": "cud", "*": LETTERS}
_SCOPE = re.compile(r"system/(\*|[A-Z][A-Za-z]{2,40})\.(read|write|\*|c?r?u?d?s?)")

Rights = dict[str, set[str]]


class ScopeRefused(ValueError):
    """A scope that is not understood, or nothing that could be given."""


def rights(text: str) -> Rights:
    """Letters by resource type; what is not understood gives nothing (RFC 6749, 3.3)."""
    found: Rights = {}
    for word in text.split():
        match = _SCOPE.fullmatch(word)
        if match is None or not match[2]:
            continue
        letters = set(_OLD.get(match[2], match[2]))
        for kind in KNOWN if match[1] == "*" else (match[1],):
            if kind in KNOWN:
                found.setdefault(kind, set()).update(letters)
    return found


def written(given: Rights) -> str:
    """Rights as scopes, in a fixed order."""
    parts = []
    for kind in sorted(given):
        letters = "".join(each for each in LETTERS if each in given[kind])
        if letters:
            parts.append(f"system/{kind}.{letters}")
    return " ".join(parts)


def narrowed(registered: str, wanted: str) -> str:
    """What is asked for and registered.

    Raises:
        ScopeRefused: nothing is.
    """
    has, asks = rights(registered), rights(wanted)
    both = written({kind: has[kind] & asks.get(kind, set()) for kind in has})
    if not both:
        raise ScopeRefused
    return both


def allows(scopes: str, kind: str, letter: str) -> bool:
    """Whether a token's scopes allow one interaction with a resource type."""
    return letter in rights(scopes).get(kind, ())
