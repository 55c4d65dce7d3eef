"""Reads the labelled sentences and trains the table of weights: what each mark is worth.

Needs NumPy, which the program itself does not: see tests/training/README.md.
"""

import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
from carekraft_desktop.guardrail import features, text
from carekraft_desktop.guardrail.handles import handle_parts
from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.weights import LABELS, MADE_FOR, digest_of

SHIPPED = ROOT / "resources" / "guardrail"
CORPUS = sorted(
    path
    for pattern in ("corpus*.jsonl", "replies*.jsonl")
    for path in (ROOT / "tests" / "training").glob(pattern)
)

IMPORTANCE = {"corpus_made": 0.3, "replies": 2.0}
"""How much a sentence of a file counts; real replies more, filled patterns less."""


@dataclass(frozen=True)
class Row:
    """A sentence with its marks and labels."""

    marks: list[int]
    labels: frozenset[str]
    bad: bool
    group: str
    source: str
    text: str
    reply: str


def lexicon() -> Lexicon:
    """The word classes as shipped."""
    return Lexicon.read(
        (SHIPPED / "classes.txt").read_text("utf-8"), (SHIPPED / "words.txt").read_text("utf-8")
    )


def rows(path: Path, words: Lexicon) -> list[Row]:
    """The labelled sentences of a file: one a line, or replies with labelled spans."""
    result = []
    for line in path.read_text("utf-8").splitlines():
        item = json.loads(line)
        if "reply" in item:
            result += _of_reply(item, words)
            continue
        folded = text.fold(item["text"], words.words)
        for sentence in text.sentences(folded.text):
            marks = features.marks(sentence, words)
            if marks:
                group = f"{item['voice']}/{item['specialty']}"
                result.append(
                    Row(
                        marks,
                        frozenset(item["labels"]),
                        item["severity"] != "ok",
                        group,
                        path.stem,
                        item["text"],
                        item["text"],
                    )
                )
    return result


def _of_reply(item: dict[str, Any], words: Lexicon) -> list[Row]:
    folded = text.fold(item["reply"], words.words)
    result = []
    for sentence in text.sentences(folded.text):
        start, end = folded.place(sentence.start, sentence.end)
        labels = frozenset(
            span["label"] for span in item["spans"] if span["start"] < end and span["end"] > start
        )
        marks = features.marks(sentence, words, handle_parts(item["reviewer"]))
        if marks:
            result.append(
                Row(
                    marks,
                    labels,
                    bool(labels),
                    f"reply/{item['reviewer']}/{item['review']}",
                    "replies",
                    item["reply"][start:end],
                    item["id"],
                )
            )
    return result


class Table:
    """Sentences as one sparse matrix."""

    def __init__(self, taken: list[Row]) -> None:
        sizes = [len(row.marks) for row in taken]
        self.count = len(taken)
        self.ends = np.concatenate([[0], np.cumsum(sizes)])
        self.marks = np.fromiter(
            (mark for row in taken for mark in row.marks), np.int64, self.ends[-1]
        )
        self.values = np.repeat([1 / math.sqrt(size) for size in sizes], sizes)
        self.rows = np.repeat(np.arange(self.count), sizes)

    def scores(self, weights: Any, bias: float) -> Any:
        """The score of each sentence."""
        total = np.concatenate([[0.0], np.cumsum(weights[self.marks] * self.values)])
        return total[self.ends[1:]] - total[self.ends[:-1]] + bias


def fit(
    table: Table,
    wanted: Any,
    importance: Any,
    *,
    decay: float = 1e-5,
    rounds: int = 100,
    pace: float = 0.3,
) -> tuple[Any, float]:
    """Logistic regression by Adam over the whole table; the same data give the same weights."""
    weights = np.zeros(features.BUCKETS)
    bias = 0.0
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    first_bias = second_bias = 0.0
    importance = importance / importance.sum()
    for turn in range(1, rounds + 1):
        chance = 1 / (1 + np.exp(-table.scores(weights, bias)))
        wrong = (chance - wanted) * importance
        slope = (
            np.bincount(
                table.marks, weights=table.values * wrong[table.rows], minlength=features.BUCKETS
            )
            + decay * weights
        )
        slope_bias = wrong.sum()
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        first_bias = 0.9 * first_bias + 0.1 * slope_bias
        second_bias = 0.99 * second_bias + 0.01 * slope_bias**2
        rate = pace * (1 - turn / (rounds + 1))
        weights -= rate * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
        bias -= (
            rate
            * (first_bias / (1 - 0.9**turn))
            / (math.sqrt(second_bias / (1 - 0.99**turn)) + 1e-9)
        )
    return weights, bias


def made(taken: list[Row], *, version: str, review: float, rise: float, block: float) -> bytes:
    """The file of weights trained on these sentences: a head line, then signed bytes."""
    table = Table(taken)
    importance = np.array([IMPORTANCE.get(row.source, 1.0) for row in taken])
    bodies, scales, biases = [], [], []
    for head in range(1 + len(LABELS)):
        wanted = np.array(
            [row.bad if head == 0 else LABELS[head - 1] in row.labels for row in taken], float
        )
        weights, bias = fit(table, wanted, importance, rounds=100 if head == 0 else 50)
        top = max(1e-9, float(np.quantile(np.abs(weights[weights != 0]), 0.9995)))
        small = np.clip(np.round(weights / top * 127), -127, 127).astype(np.int8)
        bodies.append(small.tobytes())
        scales.append(top / 127)
        biases.append(float(bias))
    body = b"".join(bodies)
    head_line: dict[str, Any] = {
        "version": version,
        "made_for": MADE_FOR,
        "review": review,
        "rise": rise,
        "block": block,
        "label": 0.35,
        "scales": scales,
        "biases": biases,
    }
    head_line["sha256"] = digest_of(head_line, body)
    return json.dumps(head_line).encode() + b"\n" + body
