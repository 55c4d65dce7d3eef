"""Says whether a reply to a public review may be posted, and what in it may not.

Each sentence must prove itself: what a rule names as a disclosure is stopped, and what the
statistical layer cannot show to be harmless needs a second person. A failure, too much work or
too much time inside the checker is BLOCK. The same text always gets the same verdict, whoever
is a patient (REQ-51): the checker knows the public page and nothing else.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256

from carekraft_desktop import resources
from carekraft_desktop.guardrail import features, text
from carekraft_desktop.guardrail.anybody import about_anybody
from carekraft_desktop.guardrail.handles import handle_parts
from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.matching import MED, Hit, Matcher, Prover, Steps
from carekraft_desktop.guardrail.name_words import DEGREES, FAREWELLS, OFFICES
from carekraft_desktop.guardrail.names import named
from carekraft_desktop.guardrail.phrases import Phrases
from carekraft_desktop.guardrail.proofs import JOINTS, PROOFS
from carekraft_desktop.guardrail.rules import (
    CATEGORIES,
    CATEGORY_OF,
    LABEL_OF,
    RULES,
    Label,
    Severity,
)
from carekraft_desktop.guardrail.weights import Weights
from carekraft_desktop.value import Value

STEPS = 200_000
"""Units of matching work for one text; ordinary replies need about two thousand."""

SECONDS = 0.25
"""Processor time for one text (REQ-49 allows 0.3 s); what takes longer is refused.

Not by the clock: what other programs take away meanwhile says nothing about the text.
"""


class PublicContext(Value, frozen=True):
    """What anybody can see: the review and the office's own public page."""

    reviewer: str = ""
    """The display name of the review."""
    review: str = ""
    staff: tuple[str, ...] = ()
    """Names on the office's public staff list."""
    phones: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    """Postal and mail addresses that the office publishes."""
    sites: tuple[str, ...] = ()
    """The office's public home and contact pages."""


class Finding(Value, frozen=True):
    """One thing that may not stand, and where."""

    category: str
    """`RV-01` to `RV-16`, `UNPROVED` or `CHECK`; see `rules.py`."""
    label: Label | None
    severity: Severity
    start: int
    """In characters of the text as written."""
    end: int
    reminder: str
    next_step: str


class Verdict(Value, frozen=True):
    """What may be done with exactly this text."""

    severity: Severity
    findings: tuple[Finding, ...]
    text_hash: str
    """SHA-256 of the text as UTF-8: a changed text needs a new check."""
    version: str
    """Of rules and weights; empty if they could not be read."""


_Part = tuple[str, Label | None, Severity, int, int]
"""Category, label, severity, and from which to which letter of the sentence."""


class _Judged(Value, frozen=True):
    """What a sentence is, apart from its place and from how many others stand around it."""

    parts: tuple[_Part, ...]
    """What rules say of it."""
    chance: float = 0.0
    """That it discloses something, by statistics; 0 where it is proved harmless."""
    weighed: tuple[_Part, ...] = ()
    """What statistics say of it if that chance reaches the bar."""


@dataclass(slots=True)
class Checker:
    """Rules, word classes and weights, read once; checks any number of texts."""

    lexicon: Lexicon
    weights: Weights
    phrases: Phrases
    matcher: Matcher = field(default_factory=lambda: Matcher(RULES))
    prover: Prover = field(default_factory=lambda: Prover(PROOFS, JOINTS))
    timer: Callable[[], float] = time.thread_time
    _known: OrderedDict[tuple[str, str, PublicContext], _Judged] = field(
        default_factory=OrderedDict
    )

    @classmethod
    def shipped(cls) -> "Checker":
        """With the files that every installation has.

        Raises:
            ResourceMissing, WeightsDamaged, PhrasesDamaged, OSError: they are not as shipped.
        """
        lexicon = Lexicon.read(
            resources.text("guardrail/classes.txt"), resources.text("guardrail/words.txt")
        )
        return cls(
            lexicon,
            Weights.read(resources.path("guardrail/weights.bin").read_bytes()),
            Phrases.read(resources.path("guardrail/phrases.bin").read_bytes()),
        )

    @property
    def version(self) -> str:
        """Of all that was learned: a reply that is out is read again when it changes (REQ-58)."""
        return f"{self.weights.version} {self.weights.digest[:8]} {self.phrases.digest[:8]}"

    def check(self, written: str, context: PublicContext) -> Verdict:
        """The verdict on a text. Never raises: what goes wrong inside is BLOCK."""
        try:
            findings = self._findings(written, context)
        except Exception:  # noqa: BLE001 - whatever it is, the text was not checked (REQ-50)
            return refusal(written)
        severity = max((each.severity for each in findings), default=Severity.PASS)
        return Verdict(severity, findings, hash_of(written), self.version)

    def _findings(self, written: str, context: PublicContext) -> tuple[Finding, ...]:
        until = self.timer() + SECONDS
        if len(written) > text.LONGEST:
            return (_finding("CHECK", None, Severity.BLOCK, 0, len(written)),)
        steps = Steps(STEPS)
        folded = text.fold(written, self.lexicon.words)
        result: list[Finding] = []
        for at, letter in enumerate(written):
            if letter in text.BIDI:
                result.append(_finding("RV-13", Label.IDENTIFIER, Severity.REVIEW, at, at + 1))
                break
        sentences = text.sentences(folded.text)
        bar = self.weights.bar(len(sentences))
        for sentence in sentences:
            judged = self._judged(sentence, folded, written, context, steps)
            if self.timer() > until:
                raise TimeoutError
            weighed = judged.weighed if judged.chance >= bar else ()
            for category, label, severity, start, end in (*judged.parts, *weighed):
                place = folded.place(sentence.start + start, sentence.start + end)
                result.append(_finding(category, label, severity, *place))
        return tuple(sorted(result, key=lambda each: (each.start, each.end, each.category)))

    def _judged(
        self,
        sentence: text.Sentence,
        folded: text.Folded,
        written: str,
        context: PublicContext,
        steps: Steps,
    ) -> _Judged:
        start, end = folded.place(sentence.start, sentence.end)
        key = (folded.text[sentence.start : sentence.end], written[start:end], context)
        known = self._known.get(key)
        if known is None:
            known = self._judge(sentence, folded, written, context, steps)
            self._known[key] = known
            while len(self._known) > 512:
                self._known.popitem(last=False)
        return known

    def _judge(
        self,
        sentence: text.Sentence,
        folded: text.Folded,
        written: str,
        context: PublicContext,
        steps: Steps,
    ) -> _Judged:
        words = [token.word for token in sentence.tokens]
        found = self.lexicon.run(words)
        names = [frozenset("^"), *(_names(*each) for each in zip(words, found, strict=True))]
        names.append(frozenset("$"))
        parts: list[_Part] = []
        anybody = about_anybody(words, found)
        for hit in self.matcher.find(names, steps):
            if anybody and not hit.rule.firm:
                continue
            first, last = _span(hit, len(words))
            parts.append(
                (
                    hit.rule.category,
                    hit.rule.label or LABEL_OF[hit.rule.category],
                    hit.rule.severity,
                    sentence.tokens[first].start - sentence.start,
                    sentence.tokens[last].end - sentence.start,
                )
            )
        for category, severity, start, end in named(
            sentence, folded, written, context, self.lexicon
        ):
            parts.append((category, LABEL_OF[category], severity, start, end))
        handle = handle_parts(context.reviewer)
        chance = 0.0
        weighed: tuple[_Part, ...] = ()
        if not self._proved(names, words, handle, steps):
            if self._strange(words, handle):
                end = sentence.tokens[-1].end - sentence.start
                label = LABEL_OF["UNPROVED"]
                parts.append(("UNPROVED", label, Severity.REVIEW, 0, end))
            chance, weighed = self._weighed(sentence, found, handle)
        told = [*parts, *weighed]
        if any(part[2] is Severity.BLOCK for part in told) and any(
            part[0] in _ECHOED for part in told
        ):
            parts += self._echoes(sentence, found, context)
        return _Judged(tuple(parts), chance, weighed)

    def _echoes(
        self, sentence: text.Sentence, found: list[tuple[str, ...]], context: PublicContext
    ) -> list[_Part]:
        """Facts of the review that the sentence repeats (RV-08)."""
        review = text.fold(context.review[: text.LONGEST], self.lexicon.words)
        said = {token.word for token in text.tokens(review.text)}
        return [
            (
                "RV-08",
                LABEL_OF["RV-08"],
                Severity.BLOCK,
                token.start - sentence.start,
                token.end - sentence.start,
            )
            for token, classes in zip(sentence.tokens, found, strict=True)
            if token.word in said and not _FACT_CLASSES.isdisjoint(classes)
        ]

    def _proved(
        self, names: list[frozenset[str]], words: list[str], handle: frozenset[str], steps: Steps
    ) -> bool:
        """Whether nothing but harmless clauses and the reviewer's own display name is there."""
        known = [
            name | {"HANDLE"} if at and at <= len(words) and words[at - 1] in handle else name
            for at, name in enumerate(names)
        ]
        return self.prover.proves(known, steps)

    def _strange(self, words: list[str], handle: frozenset[str]) -> bool:
        """Whether most of the words, or any in foreign letters, say nothing to the checker."""
        spoken = [word for word in words if word[0].isalpha() and word not in handle]
        strange = [
            word
            for word in spoken
            if word not in self.lexicon.words and not _is_of_a_signature(word)
        ]
        if any(not word.isascii() for word in strange):
            return True
        return len(strange) > 2 and 2 * len(strange) > len(spoken)

    def _weighed(
        self,
        sentence: text.Sentence,
        found: list[tuple[str, ...]],
        handle: frozenset[str],
    ) -> tuple[float, tuple[_Part, ...]]:
        """What the statistical layers say, and how sure they are: the worst window of a long one."""
        worst = 0.0
        of_worst: list[int] = []
        step = features.LONGEST // 2
        for at in range(0, max(1, len(sentence.tokens) - step), step):
            window = text.Sentence(
                sentence.tokens[at : at + features.LONGEST],
                sentence.start,
                sentence.end,
                sentence.mark,
            )
            marks = features.marks(window, self.lexicon, handle)
            said = [token.word for token in window.tokens if token.word not in handle]
            chance = self.phrases.chance(self.weights.score(marks), said) if marks else 0.0
            if chance > worst:
                worst, of_worst = chance, marks
        if worst < self.weights.review:
            return worst, ()
        kinds = self.weights.kinds(of_worst)
        # Statistics alone stop a text only when almost sure of a fact; a mere hint of presence
        # or a harsh tone goes to a second person.
        sure = worst >= self.weights.block and not _FACTS.isdisjoint(kinds)
        severity = Severity.BLOCK if sure else Severity.REVIEW
        last = sentence.tokens[-1].end - sentence.start
        care = {"PROC", "DRUG", "CAREPAST"}
        result: list[_Part] = []
        for label in kinds:
            category = CATEGORY_OF[label]
            if category == "RV-05" and any(not care.isdisjoint(names) for names in found):
                category = "RV-06"
            result.append((category, label, severity, 0, last))
        return worst, tuple(result)


def _is_of_a_signature(word: str) -> bool:
    """Whether the word is one of those around the name that a letter is signed with."""
    around = DEGREES | OFFICES | FAREWELLS
    return word in around or (len(word) == 1 and word.isascii())


_FACTS = frozenset({Label.VISIT, Label.CONDITION, Label.IDENTIFIER, Label.MONEY, Label.OTHERS})
_ECHOED = frozenset({"RV-04", "RV-05", "RV-06", "RV-07"})
_FACT_CLASSES = frozenset({*MED, "BILL", "WAIT"})


def _names(word: str, classes: tuple[str, ...]) -> frozenset[str]:
    names = {word, *classes}
    if not MED.isdisjoint(names) and "AMBIG" not in names:
        names.add("MED")
    elif "AMBIG" in names:
        names -= MED
    if word[0].isdigit() or word[0] in "$€£#":
        names.add("NUM")
    return frozenset(names)


def _span(hit: Hit, count: int) -> tuple[int, int]:
    """The first and last word of a hit, the marks for start and end left out."""
    return max(0, hit.start - 1), min(count - 1, max(hit.start - 1, hit.end - 2, 0))


def _finding(
    category: str, label: Label | None, severity: Severity, start: int, end: int
) -> Finding:
    words = CATEGORIES[category]
    return Finding(category, label, severity, start, end, words.reminder, words.next_step)


def hash_of(written: str) -> str:
    """What a text is known by: exactly these characters and no others."""
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


def refusal(written: str) -> Verdict:
    """The verdict where the checker could not do its work."""
    finding = _finding("CHECK", None, Severity.BLOCK, 0, len(written))
    return Verdict(Severity.BLOCK, (finding,), hash_of(written), "")
