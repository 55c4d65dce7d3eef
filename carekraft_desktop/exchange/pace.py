"""When to try again: full jitter, doubled with each failure, reset by success."""

FIRST = 1.0
LONGEST = 300.0
"""Seconds; the longest pause between two polls of a workstation that cannot get through."""
JITTER = 0.3
"""Share by which an ordinary pause is varied, so that offices do not poll in step."""


def after_failure(failures: int, chance: float, *, asked: float | None = None) -> float:
    """Seconds to wait after the n-th failure in a row (n from 1).

    `chance` is in [0, 1). `asked` is the Retry-After of the exchange and is never undercut.
    """
    ceiling = min(LONGEST, FIRST * 2.0 ** min(failures, 16))
    return max(chance * ceiling, FIRST, asked or 0.0)


def between_polls(poll_after: float, chance: float) -> float:
    """Seconds until the next ordinary poll."""
    return poll_after * (1 + JITTER * (2 * chance - 1))
