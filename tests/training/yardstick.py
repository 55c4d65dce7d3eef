"""Says how hard a lot of replies is: how far a plain linear model of words and letters gets on it.

    python -m tests.training.yardstick --learned REPLIES FILE ...

The model knows whole replies only and learns from the first file alone, so that lots by different
writers are measured with one yardstick that no rule and no table of the checker has touched.
"""

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import hstack
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold

ALARMS = 0.099
"""The share of safe replies that may be flagged where the share of the others is told."""
_BUCKETS = 2**15
_FREEDOM = 10.0
_SIGHTS = [
    HashingVectorizer(ngram_range=(1, 3), n_features=_BUCKETS, alternate_sign=False),
    HashingVectorizer(
        analyzer="char_wb", ngram_range=(3, 5), n_features=_BUCKETS, alternate_sign=False
    ),
]


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def _seen(items: list[dict[str, Any]]) -> tuple[Any, Any]:
    """Words and letters of the replies, and which of them disclose."""
    texts = [item["reply"] for item in items]
    wanted = np.array([item["severity"] != "ok" for item in items])
    return hstack([sight.transform(texts) for sight in _SIGHTS]).tocsr(), wanted


def told(name: str, wanted: Any, chances: Any) -> None:
    """Print the area under the curve and the share that is found at `ALARMS`."""
    bar = np.quantile(chances[~wanted], 1 - ALARMS)
    found = (chances[wanted] > bar).mean()
    area = roc_auc_score(wanted, chances)
    print(f"{name:<28} {len(wanted):>5}  area {area:.3f}  found at {ALARMS:.1%}: {found:.1%}")


def main() -> None:
    """Measure the lots, and the file that was learned from by its own folds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--learned", type=Path, required=True)
    parser.add_argument("lots", type=Path, nargs="*")
    chosen = parser.parse_args()
    items = _read(chosen.learned)
    seen, wanted = _seen(items)
    groups = [item["reviewer"] + item["review"] for item in items]
    model = LogisticRegression(C=_FREEDOM, max_iter=2000)
    chances = np.zeros(len(wanted))
    for known, asked in GroupKFold(5).split(seen, wanted, groups):
        chances[asked] = model.fit(seen[known], wanted[known]).predict_proba(seen[asked])[:, 1]
    told(f"{chosen.learned.stem}, folds", wanted, chances)
    model.fit(seen, wanted)
    for path in chosen.lots:
        seen_there, wanted_there = _seen(_read(path))
        told(path.stem, wanted_there, model.predict_proba(seen_there)[:, 1])


if __name__ == "__main__":
    main()
