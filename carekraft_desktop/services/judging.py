"""The reply checker as the program uses it: one checker, the public page, and nothing else.

Nothing here reads a patient's record (REQ-51): the same text gets the same verdict whoever is
in the store. Where the checker's files are damaged every text is BLOCK.
"""

import logging
import threading
from collections.abc import Mapping
from functools import lru_cache

from carekraft_desktop import __version__
from carekraft_desktop.domain.reviews import LONGEST, Review
from carekraft_desktop.guardrail.checker import Checker, PublicContext, Verdict, refusal
from carekraft_desktop.guardrail.rewrite import rewritten
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.templates import offered
from carekraft_desktop.store.register import Paper
from carekraft_desktop.store.reviews import Profile

_log = logging.getLogger(__name__)
_one_at_a_time = threading.Lock()


@lru_cache(maxsize=1)
def checker() -> Checker | None:
    """The one that ships; None when its files are damaged, and then nothing passes."""
    try:
        return Checker.shipped()
    except Exception:  # noqa: BLE001 - whatever it is, nothing can be checked (REQ-50)
        _log.info("the checker's files are damaged")
        return None


def judge(text: str, context: PublicContext) -> Verdict:
    """The verdict on a text; BLOCK when it cannot be had."""
    found = checker()
    if found is None:
        return refusal(text)
    # The sync, a worker and the window share one checker and its memory of sentences.
    with _one_at_a_time:
        return found.check(text, context)


def version() -> str:
    """Of rules, which are part of the program, and of what was learned; empty when damaged."""
    found = checker()
    if found is None:
        return ""
    return f"{__version__} {found.version}"


def allowed(text: str, context: PublicContext) -> Verdict:
    """The verdict on a text that shall be posted; too long or empty is BLOCK as well."""
    if not text.strip() or len(text) > LONGEST:
        return refusal(text)
    return judge(text, context)


def safer(text: str, context: PublicContext) -> str:
    """A reply that passes and keeps what was safe; empty when there is none."""
    found = checker()
    if found is None:
        return ""
    with _one_at_a_time:
        offer = rewritten(found, text, context)
    return offer if judge(offer, context).severity <= Severity.REMIND else ""


def templates(context: PublicContext) -> tuple[str, ...]:
    """Safe replies, filled from the public page, as many as pass under this review."""
    found = offered(phones=context.phones, staff=context.staff)
    return tuple(each for each in found if judge(each, context).severity <= Severity.REMIND)


def public_context(
    profile: Profile, papers: Mapping[Paper, str], review: Review | None
) -> PublicContext:
    """What anybody can see: the review and the office's own page."""
    contact = papers.get(Paper.CONTACT_NAME, "")
    page = papers.get(Paper.CONTACT_PAGE, "")
    return PublicContext(
        reviewer=review.author if review is not None else "",
        review=review.text if review is not None else "",
        staff=((contact,) if contact else ()) + profile.staff,
        phones=(profile.phone,) if profile.phone else (),
        sites=(page,) if page else (),
    )
