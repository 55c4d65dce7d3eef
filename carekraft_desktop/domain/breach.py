"""Was it a breach? Four factors that start at yes (45 CFR 164.402; REQ-100, REQ-101)."""

from enum import StrEnum

from carekraft_desktop.domain.incidents import Entered, File
from carekraft_desktop.domain.worst_day import Kind
from carekraft_desktop.value import Value


class State(StrEnum):
    """How an incident stands."""

    PRESUMED = "presumed-breach"
    """Until it is shown to be none."""
    WAITS = "waits-for-second"
    """Concluded by one person; a second has to agree."""
    LOW = "low-probability"
    EXCEPTION = "exception"
    BREACH = "breach"
    """The office has concluded that it was one."""


class Nature(StrEnum):
    """Factor 1: what it was, and how easily it leads to a person."""

    NO_IDENTIFIERS = "no-identifiers"
    CONTACT_ONLY = "contact-only"
    """Names and how to reach them; nothing else."""
    WITH_DATES = "with-dates"
    """With birth dates or dates of visits."""
    WITH_INSURANCE = "with-insurance"
    WITH_MEDICAL = "with-medical"
    """With reasons of visits or previous providers."""


class Recipient(StrEnum):
    """Factor 2: who used it or received it."""

    COLLEAGUE = "colleague"
    COVERED_PROVIDER = "covered-provider"
    """Another office that has to keep patients' data confidential itself."""
    BUSINESS_PARTNER = "business-partner"
    """Bound by an agreement."""
    KNOWN_PERSON = "known-person"
    UNKNOWN_PERSON = "unknown-person"
    CRIMINAL = "criminal"
    PUBLIC = "unlimited-public"


class Viewed(StrEnum):
    """Factor 3: whether it was acquired or viewed."""

    SHOWN_NOT = "shown-not"
    """There is proof that nobody has: unopened, or unreadable."""
    PROBABLY_NOT = "probably-not"
    ASSUMED = "assumed-viewed"
    VIEWED = "viewed"


class Mitigated(StrEnum):
    """Factor 4: how far the harm has been undone."""

    NOTHING = "nothing"
    TAKEN_DOWN = "taken-down"
    RETURNED = "returned"
    WRITTEN_ASSURANCE = "written-assurance"
    """Whoever received it says in writing that it is deleted."""
    KEYS_DESTROYED = "keys-destroyed"


class Conclusion(StrEnum):
    """What the office concludes."""

    BREACH = "breach"
    LOW = "low-probability"
    GOOD_FAITH = "good-faith-access"
    """Exception 1: a person of the office, in good faith, within their work."""
    INADVERTENT = "inadvertent-between-authorized"
    """Exception 2: between two who are both authorized."""
    NOT_RETAINED = "could-not-retain"
    """Exception 3: whoever got it could not have kept it."""


EXCEPTIONS = frozenset({Conclusion.GOOD_FAITH, Conclusion.INADVERTENT, Conclusion.NOT_RETAINED})


class Factors(Value, frozen=True):
    """The four, each from fixed choices; empty while nobody has chosen."""

    nature: str = ""
    recipient: str = ""
    viewed: str = ""
    mitigated: str = ""
    links: tuple[str, str, str, str] = ("", "", "", "")
    """For each, where the evidence is: an entry of the journal, a document's number."""

    @property
    def complete(self) -> bool:
        """All four chosen, each with its evidence."""
        chosen = (self.nature, self.recipient, self.viewed, self.mitigated)
        return all(chosen) and all(link.strip() for link in self.links)


FACTORS: tuple[tuple[str, type[StrEnum]], ...] = (
    ("nature", Nature),
    ("recipient", Recipient),
    ("viewed", Viewed),
    ("mitigated", Mitigated),
)
"""Each factor by its name, with what can be chosen."""


def preset(file: File) -> Factors:
    """What is given with the kind of incident (REQ-101)."""
    if file.kind is Kind.PUBLIC_REPLY:
        return Factors(recipient=Recipient.PUBLIC, viewed=Viewed.ASSUMED)
    if file.kind is Kind.LOOKED:
        return Factors(recipient=Recipient.COLLEAGUE, viewed=Viewed.VIEWED)
    return Factors()


def fixed(file: File, factor: str) -> bool:
    """Whether the kind of incident decides a factor by itself."""
    return file.kind is Kind.PUBLIC_REPLY and factor in {"recipient", "viewed"}


def choices(file: File, factors: Factors, factor: str) -> tuple[StrEnum, ...]:
    """What can be chosen: a written assurance only where somebody bound to secrecy gave it."""
    found = next(kind for name, kind in FACTORS if name == factor)
    if fixed(file, factor):
        return tuple(each for each in found if each.value == getattr(preset(file), factor))
    bound = {Recipient.COVERED_PROVIDER, Recipient.BUSINESS_PARTNER}
    if factor == "mitigated" and factors.recipient not in bound:
        return tuple(each for each in Mitigated if each is not Mitigated.WRITTEN_ASSURANCE)
    return tuple(found)


def lawful(file: File, factors: Factors) -> bool:
    """Whether everything chosen may be chosen."""
    return all(
        not getattr(factors, name)
        or getattr(factors, name) in {each.value for each in choices(file, factors, name)}
        for name, _ in FACTORS
    )


def may_conclude(file: File, factors: Factors, conclusion: Conclusion) -> bool:
    """Whether the conclusion can follow.

    A low probability needs all four factors with their evidence, and never follows where the
    public could read it. An exception is one of three and has nothing to do with the public.
    """
    public = Recipient.PUBLIC in {factors.recipient, preset(file).recipient}
    if conclusion is Conclusion.BREACH:
        return True
    if public:
        return False
    return conclusion in EXCEPTIONS or factors.complete


def state(file: File) -> State:
    """How it stands: presumed to be a breach until two people have concluded otherwise."""
    concluded = file.newest(Entered.CONCLUDED)
    if concluded is None:
        return State.PRESUMED
    conclusion = Conclusion(concluded.value)
    if conclusion is Conclusion.BREACH:
        return State.BREACH
    signed = [
        each
        for each in file.all_of(Entered.SIGNED)
        if each.n > concluded.n and each.staff != concluded.staff
    ]
    if not signed:
        return State.WAITS
    return State.EXCEPTION if conclusion in EXCEPTIONS else State.LOW


def counts_as_breach(file: File) -> bool:
    """Whether the clocks run: anything but a conclusion that two people signed."""
    return state(file) not in {State.LOW, State.EXCEPTION}
