"""Trains both statistical layers of the reply checker and writes what the program ships.

    python -m tests.training.learn [--replies FILE ...] [--out FOLDER]

Needs what tests/training/README.md names; takes some forty minutes on one core.
"""

import argparse
from pathlib import Path

from carekraft_desktop.guardrail.lexicon import Lexicon
from tests.training import pool, student, teacher, train
from tests.training.train import Row

BLEND = (0.58, 0.55, 0.58)
"""What each layer's score is worth, and what is added: by logistic regression on sentences that
neither layer had learned from."""

REVIEW, LONG, BLOCK = 0.7, 0.85, 0.99
"""The bars: a second person, the same in a long reply, and what cannot be posted."""


def learned(
    taken: list[Row], lexicon: Lexicon, *, version: str, copies: int, halves: int
) -> tuple[bytes, bytes]:
    """The files of weights and of phrases, learned from these sentences."""
    weights = train.made(taken, version=version, review=REVIEW, long=LONG, block=BLOCK)
    words = pool.vocabulary(taken, lexicon)
    vectors = teacher.vectors(words)
    asked = pool.pool(taken, lexicon, pool.near(words, vectors), copies=copies, halves=halves)
    print(f"  {len(words)} words, {len(asked)} sentences for the teacher", flush=True)
    phrases = student.made(
        taken,
        asked,
        teacher.opinions(taken, asked),
        lexicon=lexicon,
        vocabulary=words,
        vectors=vectors,
        blend=BLEND,
        version=version,
    )
    return weights, phrases


def main() -> None:
    """Train on the corpora, and on labelled replies if given, and write both files."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replies", type=Path, nargs="*", default=[], help="labelled replies")
    parser.add_argument("--out", type=Path, default=train.SHIPPED)
    parser.add_argument("--version", default="3")
    chosen = parser.parse_args()
    lexicon = train.lexicon()
    taken = [row for path in [*train.CORPUS, *chosen.replies] for row in train.rows(path, lexicon)]
    print(f"{len(taken)} sentences, {sum(row.bad for row in taken)} disclose", flush=True)
    weights, phrases = learned(
        taken, lexicon, version=chosen.version, copies=pool.COPIES, halves=pool.HALVES
    )
    (chosen.out / "weights.bin").write_bytes(weights)
    (chosen.out / "phrases.bin").write_bytes(phrases)
    print(f"{len(weights)} and {len(phrases)} bytes")


if __name__ == "__main__":
    main()
