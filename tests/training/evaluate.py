"""Cross-validates the whole checker, whole voices, patterns and reviews kept aside.

    python tests/training/evaluate.py [--replies FILE ...] [--folds 5]

Each fold's weights are trained without that fold; the rules are the same for all folds, so their
part of the figures is honest only for text that nobody looked at while writing them.
"""

import argparse
import dataclasses
import json
import math
import random
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.rules import Label, Severity
from carekraft_desktop.guardrail.weights import Weights
from carekraft_desktop.value import replace
from tests.training import train


def interval(hits: int, total: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not total:
        return "-"
    z, share = 1.96, hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    return f"{hits}/{total} = {share:.1%} ({(middle - spread) / scale:.1%} to {(middle + spread) / scale:.1%})"


def main() -> None:
    """Print what each fold's checker said of the sentences and replies that it never saw."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--replies", type=Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--bars", type=float, nargs="*", default=[0.5])
    chosen = parser.parse_args()
    words = train.lexicon()
    taken = [row for path in [*train.CORPUS, *chosen.replies] for row in train.rows(path, words)]
    groups = sorted({row.group for row in taken})
    random.Random(7).shuffle(groups)
    fold_of = {group: number % chosen.folds for number, group in enumerate(groups)}
    items = [
        (f"{item['voice']}/{item['specialty']}", path.stem, item["text"], "", item)
        for path in train.CORPUS
        for item in map(json.loads, path.read_text("utf-8").splitlines())
    ] + [
        (
            f"reply/{item['reviewer']}/{item['review']}",
            "replies",
            item["reply"],
            item["reviewer"],
            item,
        )
        for path in chosen.replies
        for item in map(json.loads, path.read_text("utf-8").splitlines())
    ]
    base = Checker.shipped()
    tables = [
        Weights.read(
            train.made(
                [row for row in taken if fold_of[row.group] != fold],
                version="fold",
                review=0.5,
                long=0.7,
                block=0.97,
            )
        )
        for fold in range(chosen.folds)
    ]
    for bar in chosen.bars:
        checkers = [
            dataclasses.replace(
                base,
                weights=replace(table, review=bar, review_long=max(bar, 0.7)),
                _known=type(base._known)(),
            )
            for table in tables
        ]
        tally: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for group, source, written, reviewer, item in items:
            if group not in fold_of:
                continue
            said = (
                checkers[fold_of[group]].check(written, PublicContext(reviewer=reviewer)).severity
            )
            flagged = said > Severity.REMIND
            kind = "safe: false alarm" if item["severity"] == "ok" else "discloses: flagged"
            for name in (kind, *(each for each in item["labels"] if each != "ok")):
                tally[f"{source}: {name}"][0] += flagged
                tally[f"{source}: {name}"][1] += 1
            if item["severity"] == "ok":
                tally[f"{source}: safe: hard false alarm"][0] += said is Severity.BLOCK
                tally[f"{source}: safe: hard false alarm"][1] += 1
        print(f"bar {bar}")
        order = [
            "safe: false alarm",
            "safe: hard false alarm",
            "discloses: flagged",
            *(label.value for label in Label),
        ]
        for source in sorted({each[1] for each in items}):
            for name in order:
                hits, total = tally[f"{source}: {name}"]
                print(f"  {source:<12} {name:<34} {interval(hits, total)}")


if __name__ == "__main__":
    main()
