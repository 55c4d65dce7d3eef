"""160 random bits as 36 characters on paper, in nine groups of four.

The alphabet leaves out I, L, O and U; the first three are read as the digits they look like.
The last four characters are a check: the value modulo the largest prime below 2^20. Since
changing one character alters the value by d x 32^k with d below 32, which no prime above 31
divides, every single typing error is caught, and so is every swap of two neighbours inside the
value. The two kinds of paper have different checks, so that one is not taken for the other.
"""

from enum import IntEnum

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})
GROUPS, IN_GROUP = 9, 4
LENGTH = GROUPS * IN_GROUP
CHECK_LENGTH = 4
VALUE_BYTES = 20
PRIME = 1_048_573


class Paper(IntEnum):
    """What the code is for."""

    RECOVERY = 1
    WORKSTATION = 2


class Mistyped(ValueError):
    """The text is no code of this kind; it may be a single wrong character."""


def _check(value: int, paper: Paper) -> int:
    """The 20 bits that guard `value`."""
    return (value + (paper << 8 * VALUE_BYTES)) % PRIME


def write(value: bytes | bytearray, paper: Paper) -> str:
    """The 36 characters for 20 bytes, grouped by hyphens."""
    if len(value) != VALUE_BYTES:
        message = f"a code holds {VALUE_BYTES} bytes"
        raise ValueError(message)
    number = int.from_bytes(value, "big")
    whole = number << 5 * CHECK_LENGTH | _check(number, paper)
    letters = "".join(ALPHABET[whole >> 5 * place & 31] for place in reversed(range(LENGTH)))
    return "-".join(letters[at : at + IN_GROUP] for at in range(0, LENGTH, IN_GROUP))


def read(text: str, paper: Paper) -> bytearray:
    """The 20 bytes that a person typed, in capitals or not, with hyphens and spaces anywhere.

    Raises:
        Mistyped: a character too many, too few, unknown or wrong.
    """
    letters = "".join(text.split()).replace("-", "").upper().translate(LOOKS_LIKE)
    if len(letters) != LENGTH or not set(letters) <= set(ALPHABET):
        raise Mistyped
    whole = 0
    for letter in letters:
        whole = whole << 5 | ALPHABET.index(letter)
    number, check = whole >> 5 * CHECK_LENGTH, whole & (1 << 5 * CHECK_LENGTH) - 1
    if check != _check(number, paper):
        raise Mistyped
    return bytearray(number.to_bytes(VALUE_BYTES, "big"))
