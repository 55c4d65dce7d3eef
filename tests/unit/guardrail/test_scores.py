"""The checker on sentences of voices and specialties that it was never trained on."""

import json
from pathlib import Path

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.rules import Severity

ASIDE = Path(__file__).parents[2] / "training" / "aside.jsonl"


def test_sentences_kept_aside_score_above_the_floor() -> None:
    checker = Checker.shipped()
    flagged = {"ok": 0, "bad": 0, "hard": 0}
    count = {"ok": 0, "bad": 0}
    for line in ASIDE.read_text("utf-8").splitlines():
        item = json.loads(line)
        kind = "ok" if item["severity"] == "ok" else "bad"
        severity = checker.check(item["text"], PublicContext()).severity
        count[kind] += 1
        flagged[kind] += severity >= Severity.REVIEW
        flagged["hard"] += kind == "ok" and severity is Severity.BLOCK
    assert count["ok"] >= 50
    assert count["bad"] >= 50
    # Single sentences without a second person's hint are harder than replies: see docs.
    assert flagged["bad"] / count["bad"] >= 0.75
    assert flagged["ok"] / count["ok"] <= 0.16
    assert flagged["hard"] / count["ok"] <= 0.04
