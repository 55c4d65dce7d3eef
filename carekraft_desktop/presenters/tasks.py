"""How a presenter has slow work done without knowing of threads.

A runner does the work elsewhere and brings its outcome back on the caller's own thread, so
that no presenter ever needs a lock. Timers come the same way.
"""

from collections.abc import Callable
from typing import Generic, Protocol, TypeAlias, TypeVar

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.value import Value

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Done(Value, Generic[T_co], frozen=True):
    """The work ended well."""

    value: T_co


class Failed(Value, frozen=True):
    """The work ended with an expected failure."""

    error: CareKraftError


Outcome: TypeAlias = Done[T] | Failed


class Runner(Protocol):
    """Something that does work, one piece after the other."""

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        """Do `work` elsewhere and call `report` on the caller's thread.

        An exception outside the error tree is a bug: it is raised on the caller's thread and
        never reaches `report`.
        """
        ...


class InlineRunner:
    """Does the work at once, for tests and the command line."""

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        """Do it now; a bug in the work is simply raised."""
        report(attempt(work))


def attempt(work: Callable[[], T]) -> Outcome[T]:
    """Do `work`; an expected failure becomes a value."""
    try:
        return Done(work())
    except CareKraftError as error:
        return Failed(error)


class Timers(Protocol):
    """Calls back later, on the caller's thread."""

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call `call` once after `seconds`; the answer takes it back and may be called twice."""
        ...
