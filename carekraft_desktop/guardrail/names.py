"""Finds what points to a person by its form: names beyond the display name, phones, addresses.

The checker never looks into the patients' records (REQ-51). A name is known by its shape: a
capital inside a sentence on a word that is no ordinary word, a title, an initial.
"""

import re
from itertools import takewhile
from typing import Protocol

from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.guardrail.text import Folded, Sentence, Token


class Page(Protocol):
    """The part of the public context that allows names and numbers."""

    @property
    def reviewer(self) -> str:
        """The display name."""
        ...

    @property
    def staff(self) -> tuple[str, ...]:
        """Names on the public list."""
        ...

    @property
    def phones(self) -> tuple[str, ...]:
        """Published numbers."""
        ...

    @property
    def addresses(self) -> tuple[str, ...]:
        """Published addresses."""
        ...

    @property
    def sites(self) -> tuple[str, ...]:
        """Published pages."""
        ...


Found = tuple[str, Severity, int, int]

_TITLES = frozenset(["mr", "mrs", "ms", "miss", "mx", "mister"])
_LITTLE = frozenset(
    [
        "the",
        "of",
        "and",
        "a",
        "an",
        "i",
        "is",
        "in",
        "at",
        "my",
        "to",
        "me",
        "you",
        "not",
        "on",
        "for",
        "so",
        "it",
        "was",
        "no",
        "very",
    ]
)


def named(
    sentence: Sentence, folded: Folded, written: str, page: Page, lexicon: Lexicon
) -> list[Found]:
    """Each name, number or address that is not on the public page; places in the sentence."""
    handle = sorted(handle_parts(page.reviewer))
    public = {part for name in (*page.staff, *page.addresses, *page.sites)
              for part in re.findall(r"[^\W_]+", name.casefold())}  # fmt: skip
    result: list[Found] = []
    tokens = sentence.tokens
    words = [token.word for token in tokens]
    for at, token in enumerate(tokens):
        start, end = token.start - sentence.start, token.end - sentence.start
        if _in_handle(token.word, page.reviewer.casefold(), handle, lexicon):
            result.append(("RV-01", Severity.REMIND, start, end))
            continue
        severity = _number(token.word, words, page)
        if severity is Severity.PASS and token.word.isalpha() and token.word not in public:
            severity = _name(at, tokens, folded, written, page, handle, lexicon)
        if severity > Severity.PASS:
            link = token.word.startswith(("http", "www."))
            result.append(("RV-13" if link else "RV-01", severity, start, end))
    return result


def _name(
    at: int,
    tokens: tuple[Token, ...],
    folded: Folded,
    written: str,
    page: Page,
    handle: list[str],
    lexicon: Lexicon,
) -> Severity:
    """How much a word is somebody's name, by its form and by what stands before it."""
    if not _is_name(at, tokens, folded, written, lexicon):
        return Severity.PASS
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    initial = len(before) == 2 and before[1] == "." and len(before[0]) == 1
    first = at - 2 * initial
    if _signs(at, tokens) or _is_doctor(at, first, tokens) or _one_of_ours(at, first, tokens):
        return Severity.PASS
    if initial or _after_handle(at, tokens, page.reviewer.casefold(), handle, lexicon):
        return Severity.BLOCK
    if _titled(before):
        return _titled_name(at, tokens)
    if not _addressed(at, tokens) or _office_before(at, tokens):
        return Severity.PASS
    whole = at + 1 < len(tokens) and _is_name(at + 1, tokens, folded, written, lexicon)
    return Severity.BLOCK if whole else Severity.REVIEW


def _addressed(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether somebody is spoken to at this place: greeted, thanked, or called at either end."""
    before = [token.word for token in tokens[max(0, at - 2) : at]]
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    if not before:
        then = tokens[at + 2].word if at + 2 < len(tokens) else ""
        return after == "," and then in _TURNS
    if before[-1] != ",":
        return before[-1] in _GREETINGS
    if {"ask", "for"} <= {token.word for token in tokens[:at]}:
        return False  # "ask for me, Maria" is how somebody of the office signs
    # "Thank you, Maria." and "We are glad, Maria Lopez!", but not a list of colleagues.
    last = at + 1 >= len(tokens) or (at + 2 >= len(tokens) and after.isalpha())
    return last or (len(before) == 2 and before[0] in _GREETINGS)


def _titled_name(at: int, tokens: tuple[Token, ...]) -> Severity:
    """Whoever is called by title and name is a patient; whoever is told of may be one of us."""
    first = at - (2 if tokens[at - 1].word == "." else 1)
    before = tokens[first - 1].word if first > 0 else ""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    called = before in _GREETINGS or (not after.isalpha() and before in {"", ","})
    if _holds_an_office(at, first, tokens) and not _greeted(first, tokens):
        return Severity.PASS
    if called:
        return Severity.BLOCK
    return Severity.PASS if _of_the_office(at, first, tokens) else Severity.REVIEW


def _holds_an_office(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether an office stands beside the name: "our janitor, Mr. X", "Ms. X, practice manager"."""
    leading = [token.word for token in tokens[max(0, first - 5) : first]]
    if "your" not in leading and not _OFFICES.isdisjoint(leading[-2:]):
        return True
    following = [token.word for token in tokens[at + 1 : at + 6]]
    if following[:1] != [","] or "your" in following:
        return False
    aside = list(takewhile(str.isalpha, following[1:]))
    # "Mrs. X, our manager will call you" and "Mrs. X, ask our manager" speak to Mrs. X.
    closed = len(aside) < len(following) - 1 or at + 1 + len(following) >= len(tokens)
    short = len(aside) <= (3 if aside[:1] in (["our"], ["the"]) else 2)
    return closed and short and not _OFFICES.isdisjoint(aside[-1:]) and _CONTACT.isdisjoint(aside)


def _one_of_ours(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether somebody without a title is said to be ours: a bare occupation may be a patient's."""
    beside = [
        token.word for token in (*tokens[max(0, first - 4) : first], *tokens[at + 1 : at + 4])
    ]
    ours = not {"our", "my"}.isdisjoint(beside)
    return ours and _holds_an_office(at, first, tokens) and not _greeted(first, tokens)


def _is_doctor(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether "Dr." stands before the name, and nobody of that name is spoken to."""
    start = first - (2 if first and tokens[first - 1].word == "." else 1)
    if start < 0 or tokens[start].word not in {"dr", "doctor"} or _greeted(start, tokens):
        return False
    following = [token.word for token in tokens[at + 1 : at + 3]]
    return following[:1] != [","] or _CALL.union(_TURNS).isdisjoint(following)


def _greeted(first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a greeting or thanks stands before the name, with a comma or without."""
    before = [token.word for token in tokens[max(0, first - 2) : first]]
    return bool(before) and (
        before[-1] in _GREETINGS or (before[-1] == "," and before[0] in _GREETINGS)
    )


def _of_the_office(at: int, first: int, tokens: tuple[Token, ...]) -> bool:
    """Whether who is told of is said to work here: "ask for Ms. X", "Mr. X runs the group"."""
    after = tokens[at + 1].word if at + 1 < len(tokens) else ""
    before = {token.word for token in tokens[max(0, first - 3) : first]}
    reached = after == "at" and any(_is_telephone(token.word) for token in tokens[at + 2 : at + 4])
    return after in _WORKS or reached or not before.isdisjoint(_CONTACT)


def _signs(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether the name is the writer's own: with a degree behind it, or a degree itself."""
    after = [token.word for token in tokens[at + 1 : at + 3]]
    if tokens[at].word in DEGREES or (after[:1] == [","] and after[-1] in DEGREES):
        return True
    return _after_farewell(at, tokens) or _after_dash(at, tokens)


def _after_farewell(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a letter ends here: "With kind regards, Maria"; "Best wishes, Maria" may be to her."""
    words = [token.word for token in tokens]
    if "," not in words[:at]:
        return False
    comma = words.index(",")
    farewell, name = words[:comma], [word for word in words[comma:] if len(word) > 1]
    closes = farewell[-1:] == ["wishes"] and farewell[0] == "with"
    return (
        (closes or not _FAREWELLS.isdisjoint(farewell[-1:]))
        and len(farewell) <= _CLOSING
        and len(name) <= _CLOSING - 2
        and _TITLES.isdisjoint(name)
        and not any(word in _CONTACT | _TURNS | _CALL for word in name)
    )


def _after_dash(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether a line of its own holds the writer's name."""
    # "- J. Adler, billing" closes a letter; "- Mrs. Adler, please call" does not.
    closing = [token.word for token in tokens]
    return (
        closing[:1] == ["-"]
        and all(word == "." or len(word) == 1 for word in closing[1:at])
        and (closing[at + 1 :] == [] or closing[at + 1] == ",")
        and len(closing) - at <= _CLOSING
        and not any(word in _CONTACT | _TURNS | _CALL for word in closing[at:])
    )


def _office_before(at: int, tokens: tuple[Token, ...]) -> bool:
    """Whether the name says who holds an office: "our coordinator, Sam"."""
    before = [token.word for token in tokens[max(0, at - 5) : at]]
    return before[-1:] == [","] and not _OFFICES.isdisjoint(before[-2:-1]) and "your" not in before


def _is_telephone(word: str) -> bool:
    return len(re.sub(r"\D", "", word)) in _TELEPHONE and not word.startswith("$")


def _number(word: str, words: list[str], page: Page) -> Severity:
    """How much a number, address or link points to a person rather than to the office."""
    digits = re.sub(r"\D", "", word)
    if "@" in word and word[0] != "@":
        known = any(word in address.casefold() for address in page.addresses)
        return Severity.BLOCK if page.addresses and not known else Severity.PASS
    if word.startswith(("http", "www.")):
        known = any(site.casefold().rstrip("/") in word for site in page.sites)
        return Severity.PASS if known else Severity.REVIEW
    if _DATE_OF_BIRTH.fullmatch(word):
        return Severity.BLOCK
    if _is_telephone(word):
        if page.phones:
            known = any(digits in re.sub(r"\D", "", phone) for phone in page.phones)
            return Severity.PASS if known else Severity.BLOCK
        reached = _tells_who_was_reached(words[: words.index(word)], words)
        return Severity.BLOCK if reached else Severity.PASS
    return Severity.PASS


def _tells_who_was_reached(before: list[str], words: list[str]) -> bool:
    """Somebody was called there, or it is theirs; a line that "can be called" is the office's."""
    close = before[-6:]
    if "your" in close and _CALL.isdisjoint(close[close.index("your") :]):
        return True
    if not _VOICEMAIL.isdisjoint(words) and "left" in words:
        return True
    return any(
        word in _REACHED and not (at and words[at - 1] in {"be", "when"})
        for at, word in enumerate(words)
    )


_TURNS = frozenset(
    [
        "we",
        "we're",
        "i",
        "i'm",
        "you",
        "your",
        "thank",
        "thanks",
        "please",
        "our",
        "it",
        "this",
        "that",
        "sorry",
        "what",
        "how",
        "if",
        "so",
        "glad",
    ]
)
"""How a sentence goes on after whoever is called by name."""
_OFFICES = frozenset(
    [
        "manager",
        "director",
        "administrator",
        "officer",
        "advocate",
        "coordinator",
        "owner",
        "supervisor",
        "lead",
        "leader",
        "head",
        "chief",
        "liaison",
        "specialist",
        "representative",
        "biller",
        "receptionist",
        "counselor",
        "therapist",
        "hygienist",
        "nurse",
        "assistant",
        "technician",
        "tech",
        "phlebotomist",
        "pharmacist",
        "instructor",
        "interpreter",
        "aide",
        "volunteer",
        "chaplain",
        "clerk",
        "scheduler",
        "worker",
        "ombudsman",
        "official",
        "chef",
        "guard",
        "pa",
        "janitor",
        "custodian",
        "cook",
        "driver",
        "gardener",
        "teacher",
        "np",
        "midwife",
        "doula",
        "optician",
        "optometrist",
        "audiologist",
        "dietitian",
        "nutritionist",
        "psychologist",
        "physician",
        "doctor",
        "dentist",
        "surgeon",
        "anesthesiologist",
        "sonographer",
        "esthetician",
        "navigator",
        "operator",
        "greeter",
        "bookkeeper",
        "secretary",
        "intern",
        "partner",
        "founder",
        "president",
    ]
)
"""Whoever holds one of these is of the office."""
_CLOSING = 5
"""Most words and signs from the writer's name on: a name, a comma, an office."""
_FAREWELLS = frozenset(
    ["regards", "sincerely", "warmly", "gratefully", "respectfully", "cordially", "truly", "faithfully"]
)  # fmt: skip
"""The last word before the writer's name."""
_CONTACT = frozenset(["ask", "asking", "contact", "email"])
"""Whoever can be asked for is of the office too."""
_WORKS = frozenset(
    [
        "runs", "works", "worked", "answers", "explains", "leads", "teaches", "joined", "handles",
        "trains", "retires", "volunteers", "designed", "keeps", "greets", "manages", "owns", "founded",
    ]
)  # fmt: skip
"""What is said of somebody of the office."""
DEGREES = frozenset(
    ["md", "dds", "dmd", "dpm", "dvm", "dpt", "phd", "psyd", "rn", "lpn", "lcsw", "lmft", "pharmd",
      "rdh", "esq", "mph", "msw", "cnm", "fnp"]
)  # fmt: skip
"""What stands behind the name of somebody of the office."""
_ACRONYMS = frozenset(
    ["rsv", "bmi", "glp", "cpap", "bipap", "emr", "ehr", "hmo", "ppo", "aca", "cdc", "fda", "ekg", "ecg",
     "emg", "eeg", "iud", "ivf", "ldl", "hdl", "ada", "asl", "cbc", "uti", "covid", "hsa", "fsa", "cpr"]
)  # fmt: skip
"""Capitals that are nobody's; any others may be a name that somebody shouts."""
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
"""Several of them ("Tuesdays") are in no list of words."""
_TELEPHONE = frozenset([7, 10, 11])
"""Digits of a telephone number."""
_CALLS = frozenset(
    [
        "wow", "ouch", "oops", "aww", "whoa", "bravo", "phew", "yay", "merci", "ugh", "yikes", "hmm",
        "argh", "meh", "oof", "hello", "welp", "haha", "yesss", "yayyy", "woohoo", "yup", "nope", "sheesh",
    ]
)  # fmt: skip
"""Short cries that begin with a capital and are nobody."""
_GREETINGS = frozenset(["hi", "hello", "hey", "dear", "thanks", "you", "sorry"])
_REACHED = frozenset(["called", "texted", "mailed", "emailed", "sent", "faxed"])
_CALL = frozenset(["call", "ring", "text", "dial", "reach", "contact", "us", "me"])
_VOICEMAIL = frozenset(["voicemail", "voicemails", "message", "messages"])
_DATE_OF_BIRTH = re.compile(r"\d{1,2}/\d{1,2}/(?:19|20)\d{2}")


def handle_parts(reviewer: str) -> frozenset[str]:
    """The words of a display name, folded; ordinary little words are no part of it."""
    return frozenset(re.findall(r"[^\W_]+", reviewer.casefold())) - _LITTLE


def _in_handle(word: str, handle: str, parts: list[str], lexicon: Lexicon) -> bool:
    """Whether the word is the display name, a part of it, or stands inside an invented part.

    "maple" is of "MapleFan22", but "read" is not of "Quiet Reader".
    """
    if word in parts:
        return len(word) > 1 and not word.isdigit()
    if len(word) <= 3 or not word.isalpha() or word not in handle:
        return False
    inside = [part for part in parts if word in part]
    return not inside or any(part not in lexicon.words for part in inside)


def _is_name(
    at: int, tokens: tuple[Token, ...], folded: Folded, written: str, lexicon: Lexicon
) -> bool:
    token = tokens[at]
    if token.word in lexicon.words or token.word in _CALLS or len(token.word) < 3:
        return False
    if token.word in _ACRONYMS or token.word.removesuffix("s") in _DAYS:
        return False
    start, _ = folded.place(token.start, token.end)
    return written[start : start + 1].isupper()


def _after_handle(
    at: int, tokens: tuple[Token, ...], handle: str, parts: list[str], lexicon: Lexicon
) -> bool:
    return at > 0 and _in_handle(tokens[at - 1].word, handle, parts, lexicon)


def _titled(before: list[str]) -> bool:
    return bool(before) and (before[-1] in _TITLES or (before[-1] == "." and before[0] in _TITLES))
