"""Gives one spelling to everything that looks alike, and remembers where each letter stood.

A reply may hide a word by case, width, accents, invisible characters, foreign letters that look
the same, digits for letters, or spaces between letters. All rules read the folded text; what
they find is shown in the text as written, so every folded letter keeps its place there.
"""

import re
import unicodedata
from collections.abc import Container

from carekraft_desktop.value import Value

LONGEST = 4_000
"""Characters that are checked; a longer text is refused unread (REQ-57 allows 600 to be posted)."""

BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that change the order in which letters are shown: the eye reads another text."""


class Folded(Value, frozen=True):
    """A text in its one spelling; letter i of `text` stood at `starts[i]` to `ends[i]`."""

    text: str
    starts: list[int]
    ends: list[int]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the folded letters `start` to `end` stand in the text as written."""
        if start >= end or start >= len(self.starts):
            return (0, 0)
        last = min(end, len(self.ends)) - 1
        return (self.starts[start], self.ends[last])


class Token(Value, frozen=True):
    """A word, a number or a sign, as folded, with its place in the folded text."""

    word: str
    start: int
    end: int


class Sentence(Value, frozen=True):
    """A run of tokens that is judged on its own; start and end are in the folded text."""

    tokens: tuple[Token, ...]
    start: int
    end: int
    mark: str
    """The sign that ended it: one of `. ! ? ;`, or empty."""


# Letters of other scripts, and letters without a decomposition, that look like Latin ones.
_ALIKE = {
        "а": "a", "б": "b", "в": "b", "г": "r", "е": "e", "ё": "e", "ж": "x", "з": "3",
        "и": "u", "й": "u", "к": "k", "л": "n", "м": "m", "н": "h", "о": "o", "п": "n",
        "р": "p", "с": "c", "т": "t", "у": "y", "ф": "f", "х": "x", "ц": "u", "ч": "4",
        "ш": "w", "щ": "w", "ь": "b", "ы": "bi", "э": "3", "ю": "io", "я": "r", "і": "i",
        "ї": "i", "ј": "j", "ѕ": "s", "ԁ": "d", "ԛ": "q", "ԝ": "w", "һ": "h", "ґ": "r",
        "α": "a", "β": "b", "γ": "y", "δ": "d", "ε": "e", "ζ": "z", "η": "n", "θ": "o",
        "ι": "i", "κ": "k", "λ": "l", "μ": "u", "ν": "v", "ξ": "e", "ο": "o", "π": "n",
        "ρ": "p", "σ": "o", "ς": "c", "τ": "t", "υ": "u", "φ": "o", "χ": "x", "ψ": "y",
        "ω": "w", "ϲ": "c", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i",
        "æ": "ae", "œ": "oe", "þ": "p", "ð": "d", "ŋ": "n", "ɑ": "a", "ɡ": "g", "ɩ": "i",
        "ə": "e", "ɛ": "e", "ɔ": "o", "ʊ": "u", "ʃ": "s", "ո": "n", "ս": "u", "օ": "o",
        "հ": "h", "ց": "g", "ե": "e", "ք": "p", "ա": "w", "ӏ": "l", "ᴀ": "a",
        "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ɢ": "g", "ʜ": "h", "ɪ": "i", "ᴊ": "j",
        "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p", "ʀ": "r", "ꜱ": "s",
        "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z", "ⅼ": "l",
}  # fmt: skip

_SIGNS = {
    "\u2018": "'", "\u2019": "'", "\u201a": "'", "\u201b": "'", "\u02bc": "'", "\u2032": "'",
    "\u0060": "'", "\u00b4": "'", "\u02b9": "'", "\u02bb": "'", "\uff07": "'",
    "\u201c": '"', "\u201d": '"', "\u201e": '"', "\u00ab": '"', "\u00bb": '"', "\u2033": '"',
    "\u2010": "-", "\u2011": "-", "\u2012": "-", "\u2013": " - ", "\u2014": " - ",
    "\u2015": " - ", "\u2212": "-", "\u2043": "-", "\u2022": " . ", "\u00b7": ".",
    "\u2024": ".", "\u2026": ". ", "\u3002": ". ", "\uff61": ". ", "\u2028": "\n", "\u2029": "\n",
    "\t": " ", "\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2800": " ",
    "\u3164": " ", "\u115f": " ", "\u1160": " ", "\uffa0": " ", "\u00bf": " ", "\u00a1": " ",
}  # fmt: skip

_PICTURES = {
    "🦷": " tooth ", "💉": " injection ", "💊": " pills ", "🩸": " blood ", "🩺": " exam ",
    "🤰": " pregnant ", "🤱": " nursing ", "👶": " baby ", "🍼": " baby ", "🧠": " brain ",
    "🫀": " heart organ ", "🫁": " lungs ", "🦴": " bone ", "👁": " eye ", "👀": " ",
    "👂": " ear ", "🦻": " hearing aid ", "🦶": " foot ", "🦵": " leg ", "🩹": " bandage ",
    "🩼": " crutch ", "🩻": " x-ray ", "🦽": " wheelchair ", "🦼": " wheelchair ",
    "🐶": " dog ", "🐕": " dog ", "🐱": " cat ", "🐈": " cat ", "🐴": " horse ",
    "👑": " crown ", "😷": " sick ", "🤒": " fever ", "🤮": " vomit ", "🤢": " nausea ",
    "🤕": " injury ", "👃": " nose ", "👄": " mouth ", "👅": " tongue ", "💵": " money ",
    "💰": " money ", "💳": " card ", "🏥": " hospital ", "🚑": " ambulance ", "🧾": " bill ",
    "📅": " appointment ", "🗓": " appointment ", "🕶": " glasses ", "👓": " glasses ",
}  # fmt: skip


def _round_letter(code: int) -> str:
    """Letters in circles, boxes and flags that Unicode does not decompose."""
    for first, last in ((0x1F150, 0x1F169), (0x1F170, 0x1F189), (0x1F1E6, 0x1F1FF)):
        if first <= code <= last:
            return chr(ord("a") + code - first)
    return ""


_UNSEEN = frozenset({"Cf", "Mn", "Me", "Cc", "Cs", "Co", "Cn"})
_BLANK = frozenset({"Zs", "Zl", "Zp"})
_TABLE = {**_SIGNS, **_PICTURES, "\n": "\n"}


def _fold_letter(letter: str) -> str:
    """One written character in its one spelling; empty for what cannot be seen."""
    if letter in _TABLE:
        return _TABLE[letter]
    kind = unicodedata.category(letter)
    if kind in _UNSEEN:
        return ""
    if kind in _BLANK:
        return " "
    spelled = _round_letter(ord(letter)) or _spelled(letter)
    is_picture = kind in {"So", "Sk"} and not (spelled.isascii() and spelled)
    return " " if is_picture else spelled


def _spelled(letter: str) -> str:
    """A letter without accents, width and case, as the Latin letter that it looks like."""
    folded = []
    for part in unicodedata.normalize("NFKD", letter):
        if unicodedata.category(part) in _UNSEEN:
            continue
        for low in part.casefold():
            plain = unicodedata.normalize("NFKD", low)[:1]
            folded.append(_SIGNS.get(low) or _ALIKE.get(low) or _ALIKE.get(plain) or plain)
    return "".join(folded)


_ASCII = {chr(code): _fold_letter(chr(code)) for code in range(128)}
_KNOWN: dict[str, str] = dict(_ASCII)


def _plain(letter: str) -> str:
    found = _KNOWN.get(letter)
    if found is None:
        found = _fold_letter(letter)
        if len(_KNOWN) < 4096:
            _KNOWN[letter] = found
    return found


def fold(written: str, words: Container[str]) -> Folded:
    """The text in its one spelling.

    Args:
        written: at most LONGEST characters.
        words: ordinary words in lower case; digits for letters and letters apart are only put
            together where a word of these comes out.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for index, letter in enumerate(written):
        for plain in _plain(letter):
            letters.append(plain)
            starts.append(index)
            ends.append(index + 1)
    folded = Folded("".join(letters), starts, ends)
    return _mend(folded, words)


_LEET = str.maketrans(
    {
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "9": "g",
        "@": "a", "$": "s", "!": "i", "|": "l", "+": "t", "€": "e", "6": "b",
    }
)  # fmt: skip
_LEET_L = str.maketrans({"1": "l", "!": "l"})
_CHUNK = re.compile(r"[^\s]+")
_APART = re.compile(r"(?<![^\W_])[^\W_](?:([ ._*\-/~]{1,2})[^\W_](?![^\W_])){2,}")
_MARKS_INSIDE = str.maketrans(dict.fromkeys("*_.-~^|/\\", ""))
_EDGE = "\"'.,;:?!()[]{}*_-~"


def _word_of(chunk: str, words: Container[str]) -> str | None:
    """The word that a disguised chunk stands for, or none."""
    if chunk.isalpha():
        if chunk in words:
            return None
        squeezed = re.sub(r"(.)\1{2,}", r"\1\1", chunk)
        single = re.sub(r"(.)\1{1,}", r"\1", chunk)
        for candidate in (squeezed, single):
            if squeezed != chunk and candidate in words:
                return candidate
        return None
    if not any(letter.isalpha() for letter in chunk):
        return None
    bare = chunk.translate(_MARKS_INSIDE)
    for candidate in (
        bare,
        bare.translate(_LEET),
        bare.translate(_LEET_L).translate(_LEET),
    ):
        usable = candidate != chunk and candidate.isalpha() and len(candidate) > 1
        if usable and candidate in words:
            return candidate
    return None


def _pieces(run: str, words: Container[str]) -> list[str]:
    """A run of letters cut into known words, longest first; as it is if that fails."""
    best: list[list[str] | None] = [[]] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - 16), end):
            before = best[start]
            piece = run[start:end]
            if before is None or (len(piece) == 1 and piece not in "ai") or piece not in words:
                continue
            now = best[end]
            if now is None or len(before) + 1 < len(now):
                best[end] = [*before, piece]
    return best[-1] or [run]


Patch = tuple[int, int, list[str]]
"""From which to which folded letter a disguise goes, and the words that it stands for."""


def _mend(folded: Folded, words: Container[str]) -> Folded:
    """Put letters apart together, and read digits and signs inside words as letters."""
    apart = _letters_apart(folded.text, words)
    patches = [*apart, *_disguised(folded.text, words, apart)]
    return _patched(folded, sorted(patches)) if patches else folded


def _letters_apart(text: str, words: Container[str]) -> list[Patch]:
    result: list[Patch] = []
    for found in _APART.finditer(text):
        run = re.sub(r"[^\w]|_", "", found.group()).translate(_LEET)
        if not run.isalpha() or len(run) < 3:
            continue
        pieces = _pieces(run, words)
        if len(pieces) > 1 or pieces[0] in words:
            result.append((found.start(), found.end(), pieces))
    return result


def _disguised(text: str, words: Container[str], apart: list[Patch]) -> list[Patch]:
    taken = {at for start, end, _ in apart for at in range(start, end)}
    result: list[Patch] = []
    for found in _CHUNK.finditer(text):
        if found.start() in taken or found.end() - 1 in taken:
            continue
        chunk = found.group()
        left = len(chunk) - len(chunk.lstrip(_EDGE))
        bare = chunk.strip(_EDGE)
        # A last "!" may stand for a letter, but only in a word that has other disguises.
        whole = chunk[left:] if chunk[-1:] == "!" and not bare.isalpha() else ""
        for core in (bare, whole):
            word = _word_of(core, words) if core else None
            if word is not None:
                start = found.start() + left
                result.append((start, start + len(core), [word]))
                break
    return result


def _patched(folded: Folded, patches: list[tuple[int, int, list[str]]]) -> Folded:
    parts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    done = 0
    for start, end, pieces in patches:
        parts.append(folded.text[done:start])
        starts += folded.starts[done:start]
        ends += folded.ends[done:start]
        new = " ".join(pieces)
        parts.append(new)
        # Each letter of the new word stands for the whole disguise: what is marked is all of it.
        starts += [folded.starts[start]] * len(new)
        ends += [folded.ends[end - 1]] * len(new)
        done = end
    parts.append(folded.text[done:])
    starts += folded.starts[done:]
    ends += folded.ends[done:]
    return Folded("".join(parts), starts, ends)


_TOKEN = re.compile(
    r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|https?://\S{1,200}|www\.\S{1,200}"
    r"|\(?\d{3}\)?[ .-]{1,2}\d{3}[ .-]\d{4}|\b\d{3}[-.]\d{4}\b"
    r"|\d{1,2}:\d{2}|\d{1,4}[/]\d{1,2}(?:[/]\d{2,4})?"
    r"|[$€£#]?\d+(?:[.,]\d+)*%?"
    r"|[^\W\d_]+(?:['’][^\W\d_]+)*|[?!.,;:\n]|[^\s\w]"
)
_SHORT = frozenset(
    [
        "dr",
        "drs",
        "mr",
        "mrs",
        "ms",
        "mx",
        "st",
        "no",
        "vs",
        "etc",
        "approx",
        "ave",
        "blvd",
        "rd",
        "ext",
        "dept",
        "jr",
        "sr",
        "inc",
        "prof",
        "dds",
        "dmd",
        "md",
    ]
)
_ENDS = frozenset(".!?;\n")


def tokens(text: str) -> list[Token]:
    """Words, numbers, phone numbers, addresses and signs of a folded text."""
    return [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(text)]


def sentences(text: str) -> list[Sentence]:
    """The folded text cut where a reader would draw breath."""
    result: list[Sentence] = []
    run: list[Token] = []
    for token in tokens(text):
        if token.word in _ENDS and not _goes_on(text, run, token):
            if run:
                result.append(_sentence(run, token.word, token.end))
            run = []
        else:
            run.append(token)
    if run:
        result.append(_sentence(run, "", run[-1].end))
    return result


def _goes_on(text: str, run: list[Token], stop: Token) -> bool:
    """Whether the dot belongs to an abbreviation, an initial or a number."""
    if stop.word != "." or not run:
        return False
    if text[stop.end : stop.end + 1].isalnum():
        return True
    before = run[-1].word
    if run[-1].end != stop.start:
        return False
    return before in _SHORT or (len(before) == 1 and before.isalpha() and before != "i")


def _sentence(run: list[Token], mark: str, end: int) -> Sentence:
    return Sentence(tuple(run), run[0].start, end, "" if mark == "\n" else mark)
