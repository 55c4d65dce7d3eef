"""Checks an exported journal with nothing but Python: docs/journal.md, written a second time.

    python tests/journal_check.py FILE

Prints what it found; ends with 1 when something is wrong. The signature is checked as RFC 8032,
section 6, spells it out.
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P

Point = tuple[int, int, int, int]


def add(one: Point, other: Point) -> Point:
    a, b = (one[1] - one[0]) * (other[1] - other[0]), (one[1] + one[0]) * (other[1] + other[0])
    c, d = 2 * one[3] * other[3] * D, 2 * one[2] * other[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, point: Point) -> Point:
    result = (0, 1, 1, 0)
    while number:
        if number & 1:
            result = add(result, point)
        point, number = add(point, point), number >> 1
    return result


def point_of(data: bytes) -> Point:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P)
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P:
        raise ValueError("not a point")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def signed(key: bytes, message: bytes, signature: bytes) -> bool:
    if len(key) != 32 or len(signature) != 64:
        return False
    base = point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    number = int.from_bytes(signature[32:], "little")
    if number >= L:
        return False
    digest = hashlib.sha512(signature[:32] + key + message).digest()
    left = times(number, base)
    right = add(
        point_of(signature[:32]), times(int.from_bytes(digest, "little") % L, point_of(key))
    )
    same_x = (left[0] * right[2] - right[0] * left[2]) % P == 0
    return same_x and (left[1] * right[2] - right[1] * left[2]) % P == 0


def check(data: bytes) -> str:
    """What is wrong, empty when nothing is."""
    head_line, *entries, end_line = data.removesuffix(b"\n").split(b"\n")
    head, end = json.loads(head_line), json.loads(end_line)
    link = hashlib.sha256(head_line).hexdigest()
    for number, line in enumerate(entries, 2):
        body = line[: line.rindex(b',"link":"')]
        link = hashlib.sha256(link.encode() + body).hexdigest()
        if json.loads(line)["link"] != link:
            return f"line {number}"
    if (end["count"], end["last"]) != (len(entries), link):
        return "the end"
    text = f"{head['format']} {head['store']} {len(entries)} {link}".encode()
    whole = signed(base64.b64decode(head["key"]), text, base64.b64decode(end["signature"]))
    return "" if whole else "the signature"


if __name__ == "__main__":
    wrong = check(Path(sys.argv[1]).read_bytes())
    sys.stdout.write(f"wrong: {wrong}\n" if wrong else "whole and signed\n")
    sys.exit(1 if wrong else 0)
