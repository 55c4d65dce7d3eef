"""The second statistical layer: how five words in a row read, learned from a large language model.

Each word has, for each of the five places, a row of small numbers; a place in the sentence is
the sum of five rows, and what stands out in any place decides. This is a convolution over word
vectors whose first layer was multiplied out beforehand, so that only sums are left to do.
"""

import json
import math
from hashlib import sha256
from itertools import islice
from operator import mul
from typing import Any

from carekraft_desktop.value import Value

MADE_FOR = 1
"""The shape of the table that this program reads; one made for another is refused."""

WIDTH = 5
"""Words that are read together."""

SPECIAL = (
    "<none>", "<edge>", "<number>", "<money>", "<ing>", "<ed>", "<s>", "<other>",
    ".", ",", "!", "?", "-", ":", '"', "(", ")", ";",
)  # fmt: skip
"""What comes before the words of the vocabulary: no word, an end, kinds of unknown words, signs."""

NONE, EDGE, NUMBER, MONEY, _ING, _ED, _S, OTHER = range(8)
_ENDINGS = (("ing", _ING), ("ed", _ED), ("s", _S))
_ZERO = 128
"""What stands for nothing in a table of bytes."""


class PhrasesDamaged(Exception):
    """The table of phrases cannot be trusted."""


def number_of(word: str, vocabulary: dict[str, int]) -> int:
    """The row of a folded word; an unknown one is known by its ending only."""
    known = vocabulary.get(word)
    if known is not None:
        return known
    if word[0].isdigit() or word[0] == "#":
        return NUMBER
    if word[0] in "$€£":
        return MONEY
    if word.endswith("'s") and word[:-2] in vocabulary:
        return vocabulary[word[:-2]]
    return next((kind for ending, kind in _ENDINGS if word.endswith(ending)), OTHER)


def digest_of(head: dict[str, Any], body: bytes) -> str:
    """The digest that the head carries of all the rest."""
    rest = {name: value for name, value in head.items() if name != "sha256"}
    return sha256(json.dumps(rest, sort_keys=True).encode() + b"\n" + body).hexdigest()


class Phrases(Value, frozen=True):
    """The vocabulary and its rows."""

    digest: str
    vocabulary: dict[str, int]
    channels: int
    tables: tuple[bytes, ...]
    """For each of the five places the rows of all words, 128 standing for nothing."""
    bias: tuple[int, ...]
    """Per channel, in the table's units, less what 128 adds five times."""
    peak: tuple[float, ...]
    """What the strongest place of a channel is worth."""
    mean: tuple[float, ...]
    """What the mean over all places is worth."""
    offset: float
    blend: tuple[float, float, float]
    """Worth of the marks' score, worth of this one, and what is added to both."""

    @classmethod
    def read(cls, content: bytes) -> "Phrases":
        """From the bytes of the file.

        Raises:
            PhrasesDamaged: it is not what it says it is.
        """
        head, newline, body = content.partition(b"\n")
        try:
            said = json.loads(head)
            channels, letters = int(said["channels"]), int(said["letters"])
            words = body[:letters].decode().split("\n")
            size = len(words) * channels
            found = cls(
                digest=str(said["sha256"]),
                vocabulary={word: at for at, word in enumerate(words)},
                channels=channels,
                tables=tuple(
                    body[letters + at * size : letters + (at + 1) * size] for at in range(WIDTH)
                ),
                bias=tuple(int(each) for each in said["bias"]),
                peak=tuple(float(each) for each in said["peak"]),
                mean=tuple(float(each) for each in said["mean"]),
                offset=float(said["offset"]),
                blend=(float(said["blend"][0]), float(said["blend"][1]), float(said["blend"][2])),
            )
            shape = int(said["made_for"])
        except (ValueError, KeyError, TypeError, IndexError) as failure:
            raise PhrasesDamaged("head") from failure
        numbers = (*found.peak, *found.mean, found.offset, *found.blend)
        if (
            not newline
            or shape != MADE_FOR
            or channels < 1
            or len(body) != letters + WIDTH * size
            or digest_of(said, body) != found.digest
            or tuple(words[: len(SPECIAL)]) != SPECIAL
            or any(len(each) != channels for each in (found.bias, found.peak, found.mean))
            or not all(math.isfinite(number) for number in numbers)
        ):
            raise PhrasesDamaged("body")
        return found

    def score(self, words: list[str]) -> float:
        """The score of a sentence in log odds: above 0 it more likely discloses than not.

        Args:
            words: folded words and signs, at most some sixty; each costs about 15 microseconds.
        """
        run = [EDGE, *(number_of(word, self.vocabulary) for word in words), EDGE]
        beside = [NONE] * (WIDTH // 2)
        run = [each * self.channels for each in (*beside, *run, *beside)]
        size = self.channels
        peaks = [0] * size
        totals = [0] * size
        places = len(run) - WIDTH + 1
        for at in range(places):
            parts = [
                table[row : row + size]
                for table, row in zip(self.tables, islice(run, at, at + WIDTH), strict=True)
            ]
            here = [
                total if (total := sum(each)) > 0 else 0
                for each in zip(self.bias, *parts, strict=True)
            ]
            peaks = [most if most > each else each for most, each in zip(peaks, here, strict=True)]
            totals = [sofar + each for sofar, each in zip(totals, here, strict=True)]
        peak = sum(map(mul, self.peak, peaks), 0.0)
        mean = sum(map(mul, self.mean, totals), 0.0)
        return self.offset + peak + mean / places

    def chance(self, marks: float, words: list[str]) -> float:
        """How likely a sentence discloses something, 0 to 1, by both statistical layers.

        Args:
            marks: the score of its marks, in log odds.
            words: as for `score`.
        """
        of_marks, of_phrases, offset = self.blend
        total = of_marks * marks + of_phrases * self.score(words) + offset
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
