"""A key that is pressed is judged before the next one; processor time, so that others may work."""

import time
from statistics import quantiles

from carekraft_desktop.guardrail.checker import Checker, PublicContext

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


def p95(times: list[float]) -> float:
    """The 95th percentile in milliseconds."""
    return quantiles(times, n=20)[-1] * 1000


def test_a_keystroke_is_judged_in_four_milliseconds() -> None:
    checker = Checker.shipped()
    times = []
    for end in range(1, len(TEXT)):
        started = time.thread_time()
        checker.check(TEXT[:end], CONTEXT)
        times.append(time.thread_time() - started)
    assert p95(times) <= 4.0


def test_a_whole_reply_of_a_hundred_words_is_judged_in_sixteen() -> None:
    checker = Checker.shipped()
    times = []
    for round_ in range(60):
        written = f"{TEXT} {round_} {round_ + 1}."
        checker._known.clear()
        started = time.thread_time()
        checker.check(written, CONTEXT)
        times.append(time.thread_time() - started)
    assert p95(times) <= 16.0
