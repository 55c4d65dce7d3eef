"""The statistical layer: a table of small numbers, one row of heads per hashed mark.

The table ships as one file. Its first line says what it is (version, thresholds, digest of the
rest); a table that is missing, altered or of another shape is not used, and then nothing can be
proved harmless.
"""

import json
import math
from hashlib import sha256
from typing import Any

from carekraft_desktop.guardrail.features import BUCKETS
from carekraft_desktop.guardrail.rules import Label
from carekraft_desktop.value import Value

LABELS = tuple(Label)
HEADS = 1 + len(LABELS)
MANY = 8
"""Sentences from which on the bar rises no more: padding without end must not hide anything."""
MADE_FOR = 1
"""The shape of marks that this program computes; a table made for another is refused."""


class WeightsDamaged(Exception):
    """The table of weights cannot be trusted."""


def digest_of(head: dict[str, Any], body: bytes) -> str:
    """The digest that the head carries of all the rest, its own thresholds included."""
    rest = {name: value for name, value in head.items() if name != "sha256"}
    return sha256(json.dumps(rest, sort_keys=True).encode() + b"\n" + body).hexdigest()


class Weights(Value, frozen=True):
    """The table, and the bars above which a sentence is no longer harmless."""

    version: str
    digest: str
    review: float
    """From this chance on (0 to 1) a single sentence needs a second person."""
    rise: float
    """How much of a false alarm's greater chance among several sentences the bar takes away, 0 to 1."""
    block: float
    """From this chance on it cannot be posted."""
    label: float
    """From this chance on a kind is named."""
    scales: tuple[float, ...]
    biases: tuple[float, ...]
    tables: tuple[memoryview, ...]
    """For each head its signed bytes, one per bucket."""

    @classmethod
    def read(cls, content: bytes) -> "Weights":
        """From the bytes of the file.

        Raises:
            WeightsDamaged: it is not what it says it is.
        """
        head, newline, body = content.partition(b"\n")
        try:
            said = json.loads(head)
            found = cls(
                version=str(said["version"]),
                digest=str(said["sha256"]),
                review=float(said["review"]),
                rise=float(said["rise"]),
                block=float(said["block"]),
                label=float(said["label"]),
                scales=tuple(float(each) for each in said["scales"]),
                biases=tuple(float(each) for each in said["biases"]),
                tables=tuple(
                    memoryview(body)[at * BUCKETS : (at + 1) * BUCKETS].cast("b")
                    for at in range(HEADS)
                ),
            )
            shape = int(said["made_for"])
        except (ValueError, KeyError, TypeError) as failure:
            raise WeightsDamaged("head") from failure
        numbers = (
            *found.scales,
            *found.biases,
            found.review,
            found.rise,
            found.block,
            found.label,
        )
        if (
            not newline
            or shape != MADE_FOR
            or len(body) != HEADS * BUCKETS
            or digest_of(said, body) != found.digest
            or len(found.scales) != HEADS
            or len(found.biases) != HEADS
            or not all(math.isfinite(number) for number in numbers)
            or not 0 < found.review <= found.block < 1
            or not 0 <= found.rise <= 1
        ):
            raise WeightsDamaged("body")
        return found

    def bar(self, sentences: int) -> float:
        """The chance (0 to 1) from which on a sentence of a reply of so many needs a second person.

        Its odds rise with the number of sentences to the power of `rise`, up to `MANY`; a rise of
        1 would leave a long reply no more false alarms than a single sentence has.
        """
        odds = self.review / (1 - self.review) * math.pow(min(MANY, max(1, sentences)), self.rise)
        return min(self.block, odds / (1 + odds))

    def score(self, marks: list[int], head: int = 0) -> float:
        """In log odds: whether a sentence with these marks discloses something, or one kind."""
        table = self.tables[head]
        total = 0
        for mark in marks:
            total += table[mark]
        return self.biases[head] + self.scales[head] * total / math.sqrt(len(marks) or 1)

    def kinds(self, marks: list[int]) -> tuple[Label, ...]:
        """The kinds that the sentence most likely discloses, at least one, likeliest first."""
        scores = sorted(
            ((self.score(marks, 1 + at), label) for at, label in enumerate(LABELS)),
            key=lambda each: -each[0],
        )
        bar = math.log(self.label / (1 - self.label))
        likely = tuple(label for score, label in scores if score >= bar)
        return likely or (scores[0][1],)
