"""Trains the statistical layer of the reply checker and writes its table of weights.

    python tests/training/train.py [--extra FILE ...] [--out FILE]

Needs NumPy, which the program itself does not: see tests/training/README.md.
"""

import argparse
import json
import math
import sys
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from carekraft_desktop.guardrail import features, text  # noqa: E402
from carekraft_desktop.guardrail.lexicon import Lexicon  # noqa: E402
from carekraft_desktop.guardrail.weights import LABELS, MADE_FOR  # noqa: E402

SHIPPED = ROOT / "resources" / "guardrail"
CORPUS = sorted((ROOT / "tests" / "training").glob("corpus*.jsonl"))


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
    return Lexicon.read((SHIPPED / "classes.txt").read_text("utf-8"), (SHIPPED / "words.txt").read_text("utf-8"))


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
                result.append(Row(marks, frozenset(item["labels"]), item["severity"] != "ok", group, path.stem, item["text"], item["text"]))
    return result


def _of_reply(item: dict, words: Lexicon) -> list[Row]:
    folded = text.fold(item["reply"], words.words)
    result = []
    for sentence in text.sentences(folded.text):
        start, end = folded.place(sentence.start, sentence.end)
        labels = frozenset(span["label"] for span in item["spans"] if span["start"] < end and span["end"] > start)
        marks = features.marks(sentence, words)
        if marks:
            result.append(Row(marks, labels, bool(labels), f"reply/{item['reviewer']}/{item['review']}", "replies", item["reply"][start:end], item["id"]))
    return result


class Table:
    """Sentences as one sparse matrix."""

    def __init__(self, taken: list[Row]) -> None:
        sizes = [len(row.marks) for row in taken]
        self.count = len(taken)
        self.ends = np.concatenate([[0], np.cumsum(sizes)])
        self.marks = np.fromiter((mark for row in taken for mark in row.marks), np.int64, self.ends[-1])
        self.values = np.repeat([1 / math.sqrt(size) for size in sizes], sizes)
        self.rows = np.repeat(np.arange(self.count), sizes)

    def scores(self, weights, bias):
        """The score of each sentence."""
        total = np.concatenate([[0.0], np.cumsum(weights[self.marks] * self.values)])
        return total[self.ends[1:]] - total[self.ends[:-1]] + bias


def fit(table: Table, wanted, importance, *, decay=1e-4, rounds=100, pace=0.1):
    """Logistic regression by Adam over the whole table; the same data give the same weights."""
    weights = np.zeros(features.BUCKETS)
    bias = 0.0
    first, second = np.zeros_like(weights), np.zeros_like(weights)
    first_bias = second_bias = 0.0
    importance = importance / importance.sum()
    for turn in range(1, rounds + 1):
        chance = 1 / (1 + np.exp(-table.scores(weights, bias)))
        wrong = (chance - wanted) * importance
        slope = np.bincount(table.marks, weights=table.values * wrong[table.rows], minlength=features.BUCKETS) + decay * weights
        slope_bias = wrong.sum()
        first = 0.9 * first + 0.1 * slope
        second = 0.99 * second + 0.01 * slope * slope
        first_bias = 0.9 * first_bias + 0.1 * slope_bias
        second_bias = 0.99 * second_bias + 0.01 * slope_bias**2
        rate = pace * (1 - turn / (rounds + 1))
        weights -= rate * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-9)
        bias -= rate * (first_bias / (1 - 0.9**turn)) / (math.sqrt(second_bias / (1 - 0.99**turn)) + 1e-9)
    return weights, bias


def write_words(paths: list[Path]) -> None:
    """The ordinary words: lower-case words of the corpus."""
    import re
    found = set()
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            item = json.loads(line)
            written = item.get("reply") or item["text"]
            for word in re.findall(r"(?<![^\W_])[a-z][a-z']*(?![^\W_])", written):
                found.add(word.strip("'"))
            for word in re.findall(r"(?:^|[.!?] )([A-Z][a-z]+)\b", written):
                found.add("?" + word.lower())
    keep = sorted(word for word in found if len(word) > 1 and not word.startswith("?"))
    (SHIPPED / "words.txt").write_text("\n".join(keep + ["a", "i"]) + "\n", "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--extra", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=SHIPPED / "weights.bin")
    parser.add_argument("--review", type=float, default=0.5)
    parser.add_argument("--block", type=float, default=0.9)
    parser.add_argument("--version", default="1")
    parser.add_argument("--words", action="store_true")
    chosen = parser.parse_args()
    paths = [*CORPUS, *chosen.extra]
    if chosen.words:
        write_words(CORPUS)
    words = lexicon()
    taken = [row for path in paths for row in rows(path, words)]
    table = Table(taken)
    importance = np.ones(len(taken))
    bodies, scales, biases = [], [], []
    for head in range(1 + len(LABELS)):
        wanted = np.array([row.bad if head == 0 else LABELS[head - 1] in row.labels for row in taken], float)
        weights, bias = fit(table, wanted, importance, rounds=100 if head == 0 else 60)
        top = max(1e-9, float(np.quantile(np.abs(weights[weights != 0]), 0.9995)))
        bodies.append(np.clip(np.round(weights / top * 127), -127, 127).astype(np.int8).tobytes())
        scales.append(top / 127)
        biases.append(float(bias))
    body = b"".join(bodies)
    head = {"version": chosen.version, "sha256": sha256(body).hexdigest(), "made_for": MADE_FOR, "review": chosen.review, "block": chosen.block, "label": 0.35,
            "scales": scales, "biases": biases}
    chosen.out.write_bytes(json.dumps(head).encode() + b"\n" + body)
    print(len(taken), "sentences,", sum(row.bad for row in taken), "disclose;", len(body), "bytes")


if __name__ == "__main__":
    main()
