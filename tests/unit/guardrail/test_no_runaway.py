"""No regular expression of the checker can run away, whatever is typed or pasted.

Two proofs: by their shape whatever repeats without bound can be cut into its rounds in one way
only, and exponential search needs many; and on very long texts made to hurt, each comes to an end.
"""

import ast
import re
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest

from carekraft_desktop import guardrail
from carekraft_desktop.guardrail import text
from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.matching import Matcher, Prover
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.value import replace

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


VERY_LONG = 200_000
"""Letters of which a pattern that looks back over all of them again and again never comes to an
end: forty thousand million steps, which the suite's own limit for a test cuts off."""


@pytest.mark.parametrize("name", HURTFUL)
def test_a_text_made_to_hurt_is_judged_or_refused_in_counted_steps(name: str) -> None:
    checker = replace(Checker.shipped(), timer=lambda: 0.0)
    for length in (text.LONGEST // 2, text.LONGEST):
        verdict = checker.check(HURTFUL[name](length), PublicContext())
        too_many = "CHECK" in {each.category for each in verdict.findings}
        assert verdict.severity is Severity.BLOCK if too_many else verdict.version


@pytest.mark.parametrize(("name", "pattern"), list(product(HURTFUL, patterns())))
def test_no_pattern_gets_lost_in_a_text_made_to_hurt(name: str, pattern: str) -> None:
    flags = re.VERBOSE if "\n" in pattern else 0
    written = HURTFUL[name](VERY_LONG)
    last = 0
    for found in re.compile(pattern, flags).finditer(written):
        assert found.start() >= last
        last = found.end()


def test_a_hundred_thousand_characters_are_refused_unread() -> None:
    checker = replace(Checker.shipped(), matcher=Matcher(()), prover=Prover((), frozenset()))
    verdict = checker.check("You missed it. " * 7_000, PublicContext())
    assert [each.category for each in verdict.findings] == ["CHECK"]
    assert verdict.severity is Severity.BLOCK
