"""Finds the patterns of the rules in a sentence, word by word, in work that can be counted."""

from dataclasses import dataclass

from carekraft_desktop.guardrail.rules import Rule
from carekraft_desktop.value import Value

MED = frozenset({"PROC", "COND", "BODY", "DRUG"})


class TooMuchWork(Exception):
    """The text would need more steps than a check may take."""


@dataclass(slots=True)
class Steps:
    """How much work a check may still do; running out refuses the text."""

    left: int

    def take(self, count: int = 1) -> None:
        """Use some up.

        Raises:
            TooMuchWork: there is no more.
        """
        self.left -= count
        if self.left < 0:
            raise TooMuchWork


class Element(Value, frozen=True):
    """One place of a pattern."""

    names: frozenset[str]
    """Words, class names; empty for a gap."""
    perhaps: bool = False
    gap: int = 0


class Hit(Value, frozen=True):
    """A rule that was found, from word to word (the last one excluded)."""

    rule: Rule
    start: int
    end: int


def _elements(pattern: str) -> tuple[Element, ...]:
    result = []
    for part in pattern.split():
        if part.startswith(".."):
            result.append(Element(frozenset(), perhaps=True, gap=int(part[2:])))
        elif part.startswith("?"):
            result.append(Element(frozenset(part[1:].split("|")), perhaps=True))
        else:
            names = frozenset(name.removeprefix("?") for name in part.split("|"))
            result.append(Element(names))
    return tuple(result)


class Matcher:
    """All rules, ready to be looked for; each pattern waits under the names that may begin it."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._begins: dict[str, list[tuple[Rule, tuple[Element, ...]]]] = {}
        self._unless = {
            id(rule): tuple(_elements(pattern) for pattern in rule.unless)
            for rule in rules
            if rule.unless
        }
        for rule in rules:
            for pattern in rule.patterns:
                elements = _elements(pattern)
                for name in elements[0].names:
                    self._begins.setdefault(name, []).append((rule, elements))

    def find(self, names: list[frozenset[str]], steps: Steps) -> list[Hit]:
        """Every rule that is in the sentence, each once, at its first place.

        Args:
            names: for each word, the word itself and its classes; `^` and `$` stand at the ends.
            steps: the work that may be done.

        Raises:
            TooMuchWork: more would be needed.
        """
        hits: dict[int, Hit] = {}
        for start, here in enumerate(names):
            for name in here:
                for rule, elements in self._begins.get(name, ()):
                    if id(rule) in hits:
                        continue
                    end = _match(names, start, elements, steps)
                    if end and not self._excused(rule, names, start, steps):
                        hits[id(rule)] = Hit(rule, start, end)
        return list(hits.values())

    def _excused(self, rule: Rule, names: list[frozenset[str]], start: int, steps: Steps) -> bool:
        if rule.may_be_negated and any("NEG" in each for each in names[max(0, start - 3) : start]):
            return True
        return any(
            _match(names, at, elements, steps)
            for elements in self._unless.get(id(rule), ())
            for at in range(len(names))
        )


def _match(
    names: list[frozenset[str]], start: int, elements: tuple[Element, ...], steps: Steps
) -> int:
    """Where the pattern that begins at `start` ends at the latest, or 0."""
    return max(_ends(names, start, elements, steps), default=0)


def _ends(
    names: list[frozenset[str]], start: int, elements: tuple[Element, ...], steps: Steps
) -> set[int]:
    """All places where the pattern that begins at `start` may end.

    Only the set of reachable
    places is kept, so the work is at most elements times gap times places, whatever the text.
    """
    reachable = {start}
    for element in elements:
        steps.take(len(reachable))
        following: set[int] = set(reachable) if element.perhaps else set()
        for at in reachable:
            if element.gap:
                following.update(range(at, min(at + element.gap, len(names) - 1) + 1))
            elif at < len(names) and not element.names.isdisjoint(names[at]):
                following.add(at + 1)
        if not following:
            return following
        reachable = following
    return reachable


class Prover:
    """Says whether a sentence is made of harmless clauses alone."""

    def __init__(self, patterns: tuple[str, ...], joints: frozenset[str]) -> None:
        self._clauses = tuple(_elements(pattern) for pattern in patterns)
        self._joints = joints

    def proves(self, names: list[frozenset[str]], steps: Steps) -> bool:
        """Whether harmless clauses, joined, fill the sentence from `^` to `$`.

        Raises:
            TooMuchWork: more would be needed.
        """
        last = len(names) - 1
        waiting, seen = [1], {1}
        any_clause = False
        while waiting:
            at = waiting.pop()
            if at == last:
                return any_clause
            following: set[int] = set()
            if not self._joints.isdisjoint(names[at]):
                following.add(at + 1)
            for elements in self._clauses:
                ends = _ends(names, at, elements, steps)
                ends.discard(at)
                any_clause = any_clause or bool(ends)
                following |= ends
            for place in following - seen:
                if place <= last:
                    seen.add(place)
                    waiting.append(place)
        return False
