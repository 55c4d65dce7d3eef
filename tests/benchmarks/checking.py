"""Goal 12, the checker's part: a key that is pressed is judged before the next one comes."""

import time
from statistics import quantiles

from carekraft_desktop.guardrail.checker import Checker, PublicContext
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check

KEYSTROKE, REPLY = 0.004, 0.016
"""Seconds of processor time that a keystroke and a reply of a hundred words may take at p95."""

CONTEXT = PublicContext(
    reviewer="MapleFan22",
    review="Waited forty minutes but the doctor was kind.",
    staff=("Dr. Amara Osei",),
    phones=("312-555-0100",),
)
TEXT = (
    "Thank you for the feedback. Our office aims to keep waits short and to explain fees in "
    "advance to everyone. You missed two appointments before your root canal, and your insurance "
    "was billed. We are sorry you had a bad experience with our team last Tuesday. Privacy rules "
    "keep us from discussing any individual here. Our office manager is glad to talk, and we "
    "take all comments seriously. We train our team every month, and we ask everyone for a day "
    "of notice before a change. Please call so that we can listen."
)
"""A hundred words, some of which may not stand."""


def verdicts(bench: Bench) -> list[Check]:
    """Each keystroke of the text, and the whole text with nothing remembered."""
    checker = Checker.shipped()
    keys, replies = [], []
    for _ in range(bench.size.rounds):
        checker._known.clear()
        keys.append(_p95([_cost(checker, TEXT[:end]) for end in range(1, len(TEXT))]))
        times = []
        for number in range(60):
            checker._known.clear()
            times.append(_cost(checker, f"{TEXT} {number}."))
        replies.append(_p95(times))
    return [
        Check(
            12,
            "a keystroke's verdict, p95, CPU",
            "4 ms",
            1.0,
            tuple(each / KEYSTROKE for each in keys),
        ),
        Check(
            12,
            "a reply of 100 words, p95, CPU",
            "16 ms",
            1.0,
            tuple(each / REPLY for each in replies),
        ),
    ]


def _cost(checker: Checker, written: str) -> float:
    started = time.thread_time()
    checker.check(written, CONTEXT)
    return time.thread_time() - started


def _p95(times: list[float]) -> float:
    return quantiles(times, n=20)[-1]
