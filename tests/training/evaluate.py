"""Says how well the reply checker judges text that it did not learn from.

    python -m tests.training.evaluate --aside FILE ...           # as shipped; needs nothing else
    python -m tests.training.evaluate --folds 3 [--replies FILE ...]

With folds, both layers are trained anew without each fold's voices and reviews, from a smaller pool,
by the middling teacher alone in one round, ten minutes a fold. The rules are the same for all folds, so
their part is honest only for text that nobody read while writing them.
"""

import argparse
import dataclasses
import json
import math
import random
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.phrases import Phrases
from carekraft_desktop.guardrail.rules import Label, Severity
from carekraft_desktop.guardrail.weights import Weights

Tally = dict[str, list[int]]

_ORDER = (
    "discloses: flagged",
    "safe: false alarm",
    "safe: hard false alarm",
    *(label.value for label in Label),
)


def interval(hits: int, total: int) -> str:
    """A share with its 95 % Wilson interval."""
    if not total:
        return "-"
    z, share = 1.96, hits / total
    middle = share + z * z / (2 * total)
    spread = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    scale = 1 + z * z / total
    low, high = (middle - spread) / scale, (middle + spread) / scale
    return f"{hits}/{total} = {share:.1%} ({low:.1%} to {high:.1%})"


def group_of(item: dict[str, Any]) -> str:
    """What stays together when a corpus is split: a voice in a specialty, or one review."""
    if "reply" in item:
        return f"reply/{item['reviewer']}/{item['review']}"
    return f"{item['voice']}/{item['specialty']}"


def judge(checker: Checker, items: list[dict[str, Any]], tally: Tally) -> None:
    """Count what the checker says of each."""
    for item in items:
        context = PublicContext(reviewer=item.get("reviewer", ""), review=item.get("review", ""))
        said = checker.check(item.get("reply", item.get("text", "")), context).severity
        flagged = said > Severity.REMIND
        safe = item["severity"] == "ok"
        names = ["safe: false alarm" if safe else "discloses: flagged"]
        names += [each for each in item["labels"] if each != "ok"]
        for name in names:
            tally[name][0] += flagged
            tally[name][1] += 1
        if safe:
            tally["safe: hard false alarm"][0] += said is Severity.BLOCK
            tally["safe: hard false alarm"][1] += 1


def told(title: str, tally: Tally) -> None:
    """Print a table."""
    print(title)
    for name in _ORDER:
        if tally[name][1]:
            print(f"  {name:<34} {interval(*tally[name])}", flush=True)


def summed(tallies: Iterable[Tally]) -> Tally:
    """Several tables as one."""
    result: Tally = defaultdict(lambda: [0, 0])
    for tally in tallies:
        for name, (hits, total) in tally.items():
            result[name][0] += hits
            result[name][1] += total
    return result


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def folded(paths: list[Path], folds: int, *, copies: int, halves: int) -> None:
    """Train without each fold, judge that fold; after each, print all folds so far by corpus."""
    from tests.training import learn, train

    lexicon = train.lexicon()
    taken = [row for path in paths for row in train.rows(path, lexicon)]
    groups = sorted({row.group for row in taken})
    random.Random(7).shuffle(groups)
    fold_of = {group: number % folds for number, group in enumerate(groups)}
    tallies: dict[str, Tally] = {path.stem: defaultdict(lambda: [0, 0]) for path in paths}
    for fold in range(folds):
        print(f"fold {fold + 1} of {folds}", flush=True)
        kept = [row for row in taken if fold_of[row.group] != fold]
        weights, phrases = learn.learned(
            kept, lexicon, version="fold", copies=copies, halves=halves, judged=0, rounds=1
        )
        checker = dataclasses.replace(
            Checker.shipped(), weights=Weights.read(weights), phrases=Phrases.read(phrases)
        )
        for path in paths:
            items = [item for item in _read(path) if fold_of.get(group_of(item)) == fold]
            judge(checker, items, tallies[path.stem])
        for name, tally in tallies.items():
            told(name, tally)
        told("all", summed(tallies.values()))


def main() -> None:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--aside", type=Path, nargs="*", default=[])
    parser.add_argument("--replies", type=Path, nargs="*", default=[])
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--halves", type=int, default=5_000)
    chosen = parser.parse_args()
    for path in chosen.aside:
        tally: Tally = defaultdict(lambda: [0, 0])
        judge(Checker.shipped(), _read(path), tally)
        told(path.name, tally)
    if chosen.folds:
        corpora = sorted(Path(__file__).parent.glob("corpus*.jsonl"))
        folded(
            [*corpora, *chosen.replies], chosen.folds, copies=chosen.copies, halves=chosen.halves
        )


if __name__ == "__main__":
    main()
