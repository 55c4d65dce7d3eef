"""Which of many things in a long picture have come into sight, each told once (REQ-12)."""

from collections.abc import Iterable
from operator import itemgetter
from typing import TypeAlias

Span: TypeAlias = tuple[int, int, str]
"""First and last pixel from the top of the picture, and what lies there."""
_last = itemgetter(1)


class Sight:
    """Scrolling asks at every step, so a step costs what it brings and not what there is."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Nothing has been seen."""
        self._below = sorted(spans, reverse=True)
        """The next one that scrolling down brings is the last."""
        self._above: list[Span] = []
        """Passed over unseen; the next one that scrolling up brings is the last."""

    def come(self, top: int, bottom: int) -> tuple[str, ...]:
        """What lies between these and had not come into sight before."""
        found: list[Span] = []
        below, above = self._below, self._above
        passed = False
        while below and below[-1][0] < bottom:
            span = below.pop()
            if span[1] >= top:
                found.append(span)
            else:
                above.append(span)
                passed = True
        if passed:
            above.sort(key=_last)
        while above and above[-1][1] >= top:
            span = above.pop()
            if span[0] < bottom:
                found.append(span)
            else:
                below.append(span)
                below.sort(reverse=True)
        return tuple(key for _, _, key in found)
