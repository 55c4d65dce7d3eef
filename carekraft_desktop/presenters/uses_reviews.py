"""What the pages about reviews ask of the services, as the shape of the modules that answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.reviews import (
        Draft,
        FalseAlarm,
        Reason,
        Review,
        Situation,
        Stage,
    )
    from carekraft_desktop.guardrail.checker import PublicContext, Verdict
    from carekraft_desktop.guardrail.rules import Severity
    from carekraft_desktop.presenters.tasks import Outcome
    from carekraft_desktop.services.audit import Found, Item
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.posting import StepUp
    from carekraft_desktop.services.replies import Paper as Sheet_
    from carekraft_desktop.services.reviews import Line, Sheet
    from carekraft_desktop.store.register import Incident, Paper, Task


class ReviewUses(Protocol):
    """`services/reviews.py`."""

    def inbox(self, desk: Desk) -> tuple[Line, ...]:
        """All reviews with where they stand."""
        ...

    def count(self, desk: Desk) -> int:
        """How many wait for somebody."""
        ...

    def sheet(self, desk: Desk, review_id: str) -> Sheet:
        """One review with everything about it."""
        ...

    def no_reply(self, desk: Desk, review_id: str) -> None:
        """Leave it unanswered."""
        ...

    def reopen(self, desk: Desk, review_id: str) -> None:
        """Answer it after all."""
        ...

    def report(self, desk: Desk, review_id: str, reason: Reason) -> Intention:
        """Ask the platform to look at it."""
        ...

    def mark_read(self, desk: Desk, review_id: str) -> None:
        """Somebody has read why nothing was posted."""
        ...

    def tasks(self, desk: Desk) -> tuple[Task, ...]:
        """What the privacy officer has to look at."""
        ...

    def finish_task(self, desk: Desk, task: Task) -> None:
        """It was dealt with."""
        ...


class ReplyUses(Protocol):
    """`services/replies.py`."""

    WRITING: Stage

    def begin(self, desk: Desk, review_id: str, *, take_over: bool = False) -> Sheet_:
        """Open the editor."""
        ...

    def current(self, desk: Desk, review_id: str) -> Review:
        """The review as it reads now."""
        ...

    def context(self, desk: Desk, review_id: str) -> PublicContext:
        """What the checker may know."""
        ...

    def keep(self, desk: Desk, review_id: str, text: str, *, seen: int = 0) -> Draft | None:
        """Keep what is written."""
        ...

    def reread(self, desk: Desk, review_id: str) -> None:
        """The changed review was read."""
        ...

    def close(self, desk: Desk, review_id: str, text: str, *, seen: int = 0) -> bool:
        """Close the editor; whether the text is kept."""
        ...

    def discard(self, desk: Desk, review_id: str) -> None:
        """Throw the draft away."""
        ...

    def forget_held(self, desk: Desk) -> int:
        """Forget stopped texts that nobody came back to."""
        ...

    def check(self, text: str, around: PublicContext) -> Verdict:
        """The verdict on a text."""
        ...

    def safer(self, text: str, around: PublicContext) -> str:
        """A safe wording of it."""
        ...

    def broken(self) -> bool:
        """Whether the checker's files are damaged."""
        ...

    def situation(self, desk: Desk, draft: Draft, severity: Severity) -> Situation:
        """What the lawful steps depend on."""
        ...

    def suggest(self, desk: Desk, review_id: str, text: str) -> Draft:
        """Hand it to whoever may publish it."""
        ...

    def cool(self, desk: Desk, review_id: str, text: str) -> Draft:
        """Sleep on it."""
        ...

    def give_back(self, desk: Desk, review_id: str, why: str) -> None:
        """Not like this."""
        ...

    def undo(self, desk: Desk, key: str) -> None:
        """Take back what has not left."""
        ...

    def take_text_back(self, desk: Desk, review_id: str) -> None:
        """Make a draft of what was not posted."""
        ...


class PostingUses(Protocol):
    """`services/posting.py`."""

    def publish(
        self,
        desk: Desk,
        review_id: str,
        text: str,
        *,
        acknowledged: int,
        proof: StepUp | None = None,
    ) -> Intention:
        """Post one's own text."""
        ...

    def approve(self, desk: Desk, review_id: str, text: str, *, acknowledged: int) -> Intention:
        """Post a colleague's text."""
        ...

    def release(
        self,
        desk: Desk,
        review_id: str,
        text: str,
        *,
        proof: StepUp,
        why: FalseAlarm,
        acknowledged: int,
    ) -> Intention:
        """Post a stopped text that a privacy officer calls a false alarm."""
        ...


class LiveUses(Protocol):
    """`services/live_replies.py`."""

    def withdraw(self, desk: Desk, review_id: str) -> Intention:
        """Take a public reply away."""
        ...

    def take_down(self, desk: Desk, review_id: str) -> Incident:
        """Take it away at once and open an incident."""
        ...

    def let_stand(self, desk: Desk, review_id: str) -> None:
        """A privacy officer lets it stand."""
        ...

    def recheck_live(self, desk: Desk) -> tuple[Task, ...]:
        """Judge public replies by the rules of now."""
        ...


class PolicyUses(Protocol):
    """`services/papers.py`."""

    def in_force(self, desk: Desk) -> dict[Paper, str]:
        """What is on file."""
        ...

    def put(self, desk: Desk, values: dict[Paper, str]) -> None:
        """Put versions on file."""
        ...


class AuditUses(Protocol):
    """`services/audit.py`."""

    def of_path(self, path: Path) -> list[Item]:
        """Replies of a file."""
        ...

    def check_some(self, items: Iterable[Item]) -> list[Found]:
        """Check some of them."""
        ...


class Confirm(Protocol):
    """Proves with a password who somebody is; slow, so it answers later."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def ask(
        self, staff_id: str, password: str, code: str, report: Callable[[Outcome[StepUp]], None]
    ) -> None:
        """Try it and report on the caller's thread."""
        ...
