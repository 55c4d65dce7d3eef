"""No regular expression of the checker can run away, whatever is typed or pasted.

Two proofs: by their shape whatever repeats without bound can be cut into its rounds in one way
only, and exponential search needs many; and on texts made to hurt each of them, twice the length costs no more
than a little over twice the time.
"""

import ast
import re
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from carekraft_desktop import guardrail
from carekraft_desktop.guardrail import text
from carekraft_desktop.guardrail.checker import SECONDS, Checker, PublicContext
from carekraft_desktop.guardrail.rules import Severity

FOLDER = Path(guardrail.__file__).parent
CALLS = {"compile", "sub", "subn", "match", "search", "fullmatch", "finditer", "findall", "split"}
UNBOUNDED = 64
"""Repeats up to so many times are harmless inside another repetition."""
parser: Any = vars(re)["_parser"]
compiler: Any = vars(re)["_compiler"]


def patterns() -> list[str]:
    """Every pattern that the checker hands to `re`, as its sources have it."""
    found: list[str] = []
    for path in sorted(FOLDER.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            of = node.func.value
            if isinstance(of, ast.Name) and of.id == "re" and node.func.attr in CALLS:
                found.append(ast.literal_eval(node.args[0]))
    return found


def unbounded(node: Any) -> Iterator[Any]:
    """What is repeated without bound in a parsed pattern."""
    for operator, argument in node:
        if str(operator).endswith("REPEAT") and int(argument[1]) > UNBOUNDED:
            yield argument[2]
        for each in inside(argument):
            yield from unbounded(each)


def inside(argument: Any) -> Iterator[Any]:
    """Parts of a pattern within an argument, branches included."""
    if isinstance(argument, parser.SubPattern):
        yield argument
    elif isinstance(argument, tuple | list):
        for each in argument:
            yield from inside(each)


def test_the_checker_has_patterns_and_all_are_literal() -> None:
    assert len(patterns()) >= 5


def letters(part: Any) -> set[str]:
    """Which of many characters a part of one character matches."""
    compiled = compiler.compile(part)
    return {each for each in map(chr, range(0x500)) if compiled.match(each)}


def only_one_way(inner: Any) -> bool:
    """Whether each round begins with a character that no round before can have swallowed.

    Then there is one way to cut a text into rounds, however often they repeat.
    """
    first = letters(inner[:1])
    return all(not first & letters(nested) for nested in unbounded(inner))


@pytest.mark.parametrize("pattern", patterns())
def test_what_is_repeated_without_bound_can_be_cut_in_one_way_only(pattern: str) -> None:
    flags = re.VERBOSE if "\n" in pattern else 0
    for inner in unbounded(parser.parse(pattern, flags)):
        assert not list(unbounded(inner)) or only_one_way(inner), pattern


@pytest.mark.parametrize("pattern", [r"(a+)+b", r"(?:a|a+)*$", r"(?:x?y*)*z"])
def test_this_test_would_find_a_runaway(pattern: str) -> None:
    (inner, *_) = unbounded(parser.parse(pattern))
    assert list(unbounded(inner))
    assert not only_one_way(inner)


HURTFUL: dict[str, Callable[[int], str]] = {
    "one letter": lambda n: "a" * n,
    "spaced letters": lambda n: "a " * (n // 2),
    "separators": lambda n: "a." * (n // 2),
    "two separators": lambda n: "a-." * (n // 3),
    "marks": lambda n: "." * n,
    "digits": lambda n: "1" * n,
    "dashes": lambda n: "1-" * (n // 2),
    "dates": lambda n: "1/1/" * (n // 4),
    "at signs": lambda n: "a@" * (n // 2),
    "addresses": lambda n: "a.b@" * (n // 4),
    "apostrophes": lambda n: "a'" * (n // 2),
    "joined faces": lambda n: "👨\u200d" * (n // 2),
    "accents": lambda n: "e" + "\u0301" * (n - 1),
    "hidden": lambda n: "a\u200b" * (n // 2),
    "reversed": lambda n: "\u202ea" * (n // 2),
    "look-alikes": lambda n: "аеорсхуі" * (n // 8),
    "spaces": lambda n: " " * n,
    "lines": lambda n: "\n" * n,
    "quotes": lambda n: '"(' * (n // 2),
    "links": lambda n: "http://" * (n // 7),
}


@pytest.mark.parametrize("name", HURTFUL)
def test_a_text_made_to_hurt_is_answered_in_time(name: str) -> None:
    checker = Checker.shipped()
    for length in (text.LONGEST // 2, text.LONGEST):
        started = time.process_time()
        verdict = checker.check(HURTFUL[name](length), PublicContext())
        assert time.process_time() - started < 4 * SECONDS
        assert verdict.severity in Severity


@pytest.mark.parametrize(("name", "pattern"), list(product(HURTFUL, patterns())))
def test_twice_the_text_costs_no_pattern_much_more_than_twice_the_time(
    name: str, pattern: str
) -> None:
    flags = re.VERBOSE if "\n" in pattern else 0
    compiled = re.compile(pattern, flags)

    def cost(length: int) -> float:
        written = HURTFUL[name](length)
        best = 1.0
        for _ in range(3):
            started = time.perf_counter()
            for _found in compiled.finditer(written):
                pass
            best = min(best, time.perf_counter() - started)
        return best

    # Below a fifth of a millisecond there is only noise.
    assert cost(8_000) <= max(8 * cost(2_000), 0.005)


def test_a_hundred_thousand_characters_are_refused_at_once() -> None:
    checker = Checker.shipped()
    started = time.process_time()
    verdict = checker.check("You missed it. " * 7_000, PublicContext())
    assert time.process_time() - started < 0.05
    assert verdict.severity is Severity.BLOCK
