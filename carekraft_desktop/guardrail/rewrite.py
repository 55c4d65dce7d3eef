"""Offers a safe reply that keeps what was safe in a draft.

Sentences that pass stay as written; the others go, and one harmless sentence takes their place.
Whatever comes out has passed the checker; a rewritten text is not changed by rewriting again.
"""

from carekraft_desktop.guardrail import text
from carekraft_desktop.guardrail.checker import Checker, PublicContext
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.templates import TEMPLATES

_FALLBACK = "Thank you for the feedback. We read every comment."


def rewritten(checker: Checker, draft: str, context: PublicContext) -> str:
    """A reply that passes: the draft itself if it does, else its safe sentences and one more."""
    if _passes(checker, draft, context) and draft.strip():
        return draft
    kept = _safe_sentences(checker, draft, context)
    closing = _closing(checker, context)
    for candidate in (" ".join([*kept, closing]), closing):
        if _passes(checker, candidate, context):
            return candidate
    return _FALLBACK


def _passes(checker: Checker, written: str, context: PublicContext) -> bool:
    return checker.check(written, context).severity <= Severity.REMIND


def _safe_sentences(checker: Checker, draft: str, context: PublicContext) -> list[str]:
    if len(draft) > text.LONGEST:
        return []
    folded = text.fold(draft, checker.lexicon.words)
    kept: list[str] = []
    for sentence in text.sentences(folded.text):
        start, end = folded.place(sentence.start, sentence.end)
        written = " ".join(draft[start:end].split())
        if written[-1:] not in {".", "!", "?"}:
            written += "."
        # Said together, so that what was kept still passes with what follows it.
        if written not in kept and _passes(checker, " ".join([*kept, written]), context):
            kept.append(written)
    return kept


def _closing(checker: Checker, context: PublicContext) -> str:
    """An invitation to call if the office has a public phone, else thanks."""
    wanted = "listen" if context.phones else "general"
    template = next(each for each in TEMPLATES if each.name == wanted)
    filled = template.filled(phone=context.phones[0] if context.phones else "")
    return filled if _passes(checker, filled, context) else _FALLBACK
