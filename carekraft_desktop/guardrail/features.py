"""Turns a sentence into the marks that the statistical layer weighs.

Besides words and pieces of words there are marks of grammar, because those hold for words that
nobody foresaw: who is spoken of, in which tense, and whether a class of words that belongs to
care, money, records or time stands near.
"""

from zlib import crc32

from carekraft_desktop.guardrail.lexicon import Lexicon
from carekraft_desktop.guardrail.text import Sentence

BUCKETS = 1 << 16
"""Size of the table of weights; marks are hashed into it."""

LONGEST = 60
"""Words of a sentence that are looked at one by one; a longer one is judged in windows."""

_IRREGULAR = frozenset(
    [
        "was",
        "were",
        "had",
        "did",
        "went",
        "came",
        "saw",
        "told",
        "said",
        "gave",
        "took",
        "got",
        "made",
        "left",
        "felt",
        "knew",
        "thought",
        "found",
        "kept",
        "held",
        "stood",
        "sat",
        "put",
        "ran",
        "paid",
        "sent",
        "spent",
        "brought",
        "bought",
        "caught",
        "taught",
        "heard",
        "met",
        "lost",
        "won",
        "wrote",
        "spoke",
        "broke",
        "chose",
        "drove",
        "ate",
        "fell",
        "grew",
        "began",
        "became",
        "showed",
        "been",
        "seen",
        "done",
        "gone",
        "given",
        "taken",
        "shown",
        "written",
        "spoken",
        "broken",
        "chosen",
        "fallen",
        "grown",
        "begun",
        "become",
        "quit",
        "let",
        "cut",
        "hurt",
    ]
)
_NOT_PAST = frozenset(
    [
        "need",
        "indeed",
        "feed",
        "speed",
        "bed",
        "red",
        "led",
        "need",
        "united",
        "interested",
        "dedicated",
        "committed",
        "certified",
        "licensed",
        "trained",
        "welcomed",
        "posted",
        "listed",
    ]
)
_WILL = frozenset(["will", "shall", "going", "won't", "we'll", "i'll", "you'll", "they'll"])
_MAY = frozenset(
    [
        "can",
        "could",
        "may",
        "might",
        "should",
        "would",
        "must",
        "can't",
        "cannot",
        "couldn't",
        "shouldn't",
    ]
)
_BE = frozenset(
    [
        "is",
        "are",
        "am",
        "be",
        "being",
        "isn't",
        "aren't",
        "it's",
        "that's",
        "there's",
        "we're",
        "i'm",
        "you're",
    ]
)
_HAVE = frozenset(["have", "has", "haven't", "hasn't", "we've", "i've", "you've", "had"])
_LITTLE = frozenset(
    ["a", "an", "the", "this", "that", "these", "those", "it", "its", "it's", "in", "on", "at", "of", "for", "to", "from", "with", "by", "as", "and", "or", "but", "so", "than", "then", "there", "here", "not", "no", "if", "when", "who", "what", "which", "how", "why", "very", "too", "more", "most", "just", "only", "also", "all", "any", "some", "each", "every", "one", "is", "are", "was", "were", "be", "been", "am", "do", "does", "did", "have", "has", "had", "will", "would", "can", "could", "may", "might", "should", "must", "shall", "i", "me", "my", "we", "us", "our", "you", "your", "he", "she", "they", "him", "her", "them", "about", "into", "out", "up", "down", "off", "over", "back", "again"]
)  # fmt: skip
_CONTENT = (
    "FAMILY", "PET", "PROC", "COND", "BODY", "DRUG", "BILL", "REC", "ATTEND", "CAREPAST",
    "CAREING", "ARRIVE", "SAID", "BEHAVE", "INSULT", "THREAT", "TAKEDOWN", "OUTCOME", "DAY",
    "THATDAY", "COUNT", "UNIT", "AGO", "WAIT", "RETURN", "DETAIL", "PUBLICPLACE", "IDWORD",
    "PATIENT", "REL", "HERE", "LOOK", "REVIEW", "STAFF", "POLICY", "OFFER", "CONTACT", "AIM",
    "GENERIC", "THANKS", "SORRY", "SHARE", "FEEL",
)  # fmt: skip
_RANK = {name: rank for rank, name in enumerate(_CONTENT)}
_HEAVY = frozenset(_CONTENT[:30])


def _shape(word: str) -> str:
    if word[0].isdigit() or word[0] in "$€£#":
        return "NUM"
    for ending in ("ing", "ed", "ly", "ion", "ment", "ness", "able", "ful", "est", "er"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return "-" + ending
    return "-s" if word.endswith("s") else "-"


def tense(words: list[str]) -> str:
    """In letters: f(uture), m(odal), h(ave with a past form), p(ast), or n(one of them)."""
    known = set(words)
    marks = ""
    if known & _WILL:
        marks += "f"
    if known & _MAY:
        marks += "m"
    past = any(
        word in _IRREGULAR or (word.endswith("ed") and len(word) > 3 and word not in _NOT_PAST)
        for word in words
    )
    if past and known & _HAVE:
        marks += "h"
    elif past:
        marks += "p"
    return marks or "n"


def _person(words: list[str], named: set[str]) -> str:
    marks = ""
    if named & {"YOU", "YOUARE"}:
        marks += "y"
    if "YOUR" in named:
        marks += "Y"
    if named & {"WE", "OUR"}:
        marks += "w"
    if "THEY" in named:
        marks += "t"
    if "GENERIC" in named:
        marks += "g"
    if not marks and words:
        marks = "d" if "the" in words or "that" in words else "o"
    return marks


def marks(sentence: Sentence, lexicon: Lexicon, handle: frozenset[str] = frozenset()) -> list[int]:
    """The numbers of the marks of a sentence, each once.

    Args:
        sentence: at most LONGEST tokens are looked at.
        lexicon: the word classes.
        handle: parts of the display name, which say nothing and are left out.
    """
    words = [token.word for token in sentence.tokens if token.word[0].isalnum()
             or token.word[0] in "$€£#("][:LONGEST]  # fmt: skip
    words = [word for word in words if word not in handle] or words
    if not words:
        return []
    found = lexicon.run(words)
    texts = _word_marks(words)
    texts += _class_marks(words, found)
    texts += _grammar_marks(words, found, sentence.mark)
    texts += _letter_marks(words)
    return list({crc32(text.encode()) % BUCKETS for text in texts})


def _word_marks(words: list[str]) -> list[str]:
    result = ["w " + word for word in words]
    edged = ["^", *words, "$"]
    for index in range(len(edged) - 1):
        result.append(f"b {edged[index]} {edged[index + 1]}")
        if index + 2 < len(edged):
            result.append(f"t {edged[index]} {edged[index + 1]} {edged[index + 2]}")
            result.append(f"k {edged[index]} _ {edged[index + 2]}")
    return result


def _skeleton(words: list[str], found: list[tuple[str, ...]]) -> list[str]:
    """The sentence with each word replaced by its class, or by its shape."""
    run = ["^"]
    for word, named in zip(words, found, strict=True):
        if named:
            run.append(min(named, key=lambda name: _RANK.get(name, 99)))
        elif word in _LITTLE:
            run.append(word)
        else:
            run.append(_shape(word))
    run.append("$")
    return run


def _class_marks(words: list[str], found: list[tuple[str, ...]]) -> list[str]:
    run = _skeleton(words, found)
    result = ["c " + name for named in found for name in named]
    for index in range(len(run) - 1):
        result.append(f"d {run[index]} {run[index + 1]}")
        if index + 2 < len(run):
            result.append(f"e {run[index]} {run[index + 1]} {run[index + 2]}")
        if index + 3 < len(run):
            result.append("g " + " ".join(run[index : index + 4]))
    return result + _pair_marks(run)


def _pair_marks(run: list[str]) -> list[str]:
    """Pairs of word classes that stand near each other, whatever lies between."""
    heavy = [(place, name) for place, name in enumerate(run) if name.isupper()]
    result = []
    for left, (place, name) in enumerate(heavy):
        for further, other in heavy[left + 1 : left + 5]:
            if further - place <= 8:
                result.append(f"s {name} {other}")
    return result


def _grammar_marks(words: list[str], found: list[tuple[str, ...]], mark: str) -> list[str]:
    named = {name for names in found for name in names}
    when = tense(words)
    person = _person(words, named)
    size = "1" if len(words) < 4 else "2" if len(words) < 9 else "3" if len(words) < 18 else "4"
    neg = "n" if "NEG" in named else ""
    asks = "?" if mark == "?" else ""
    result = [
        f"T{when}", f"P{person}", f"TP{when}{person}", f"S{size}", f"M{mark}",
        f"SP{size}{person}", f"N{neg}{person}{when}", f"A{asks}{person}",
    ]  # fmt: skip
    contents = [name for name in named if name in _RANK]
    for name in contents:
        result.append(f"CT{name}{when}")
        result.append(f"CP{name}{person}")
        result.append(f"CTP{name}{when}{person}")
    result.append("H" + str(min(3, len(named & _HEAVY))) + person)
    if not named & _HEAVY:
        result.append(f"light{when}{person}")
    first = words[0]
    result.append(f"F{first}{when}")
    if first in {"the", "that", "this", "it", "nobody", "somebody", "someone", "one"}:
        result.append(f"Fd{when}")
    return result


def _letter_marks(words: list[str]) -> list[str]:
    result = []
    for word in words:
        if len(word) > 4 and word not in _LITTLE:
            result += [f"<{word[:4]}", f"<{word[:5]}", f"{word[-3:]}>", f"{word[-4:]}>"]
    return result
