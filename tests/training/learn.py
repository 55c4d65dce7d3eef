"""Trains both statistical layers of the reply checker and writes what the program ships.

    python -m tests.training.learn [--replies FILE ...] [--out FOLDER] [--marks-only]

Needs what tests/training/README.md names; takes some three hours on two cores, the marks
alone two minutes.
"""

import argparse
from pathlib import Path

from carekraft_desktop.guardrail.lexicon import Lexicon
from tests.training import pool, student, teacher, train
from tests.training.train import Row

BLEND = (0.2, 0.8, 0.0)
"""What each layer's score is worth, and what is added: what did best on replies kept aside."""

REVIEW, RISE, BLOCK = 0.26, 0.75, 0.99
"""The bars: a second person, how it rises with the sentences, and what cannot be posted."""


def learned(
    taken: list[Row],
    lexicon: Lexicon,
    *,
    version: str,
    copies: int,
    halves: int,
    judged: int,
    rounds: int,
) -> tuple[bytes, bytes]:
    """The files of weights and of phrases, learned from these sentences; see `pool`, `teacher`."""
    weights = train.made(taken, version=version, review=REVIEW, rise=RISE, block=BLOCK)
    words = pool.vocabulary(taken, lexicon)
    vectors = teacher.vectors(words)
    asked = pool.pool(taken, lexicon, pool.near(words, vectors), copies=copies, halves=halves)
    print(f"  {len(words)} words, {len(asked)} sentences for the teacher", flush=True)
    phrases = student.made(
        taken,
        asked,
        teacher.opinions(taken, asked, judged=judged, rounds=rounds),
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
    parser.add_argument("--version", default="8")
    parser.add_argument("--marks-only", action="store_true", help="leave the phrases as they are")
    chosen = parser.parse_args()
    lexicon = train.lexicon()
    taken = [row for path in [*train.CORPUS, *chosen.replies] for row in train.rows(path, lexicon)]
    print(f"{len(taken)} sentences, {sum(row.bad for row in taken)} disclose", flush=True)
    if chosen.marks_only:
        marks = train.made(taken, version=chosen.version, review=REVIEW, rise=RISE, block=BLOCK)
        (chosen.out / "weights.bin").write_bytes(marks)
        return
    weights, phrases = learned(
        taken,
        lexicon,
        version=chosen.version,
        copies=pool.COPIES,
        halves=pool.HALVES,
        judged=teacher.JUDGED,
        rounds=teacher.MIDDLING.rounds,
    )
    (chosen.out / "weights.bin").write_bytes(weights)
    (chosen.out / "phrases.bin").write_bytes(phrases)
    print(f"{len(weights)} and {len(phrases)} bytes")


if __name__ == "__main__":
    main()
