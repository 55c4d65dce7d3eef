"""Makes many unlabelled sentences out of the labelled ones, for a large model to judge.

Words are exchanged for others of their class or near them in meaning, and halves of two
sentences are put together. Most results are clumsy; what counts is that the large model's
opinion of them shows the small one where meaning changes.
"""

import random
import re
from collections import Counter
from typing import Any

import numpy as np
import wordfreq

from carekraft_desktop.guardrail import features, text
from carekraft_desktop.guardrail.lexicon import Lexicon
from tests.training.train import Row

COPIES = 20
"""Altered copies of each labelled sentence."""

HALVES = 200_000
"""Sentences put together of two halves."""

COMMON = 10_000
"""The most frequent English words, all of which are in the vocabulary."""

USED = 2
"""Times that a rarer word has to be in the corpora to be in the vocabulary."""

_NEAR = 16
_PARTS = re.compile(r"[A-Za-z']+|[^A-Za-z']+")
_JOINT = re.compile(r"(?<=,) | (?=and |but |because |so |when |if |which |who )")
_KEPT = frozenset(
    features._LITTLE | {"you're", "we're", "we've", "you've", "don't", "can't", "i've", "i'm"}
)


def vocabulary(taken: list[Row], lexicon: Lexicon) -> list[str]:
    """The words that get rows of their own, in order."""
    common = (word for word in wordfreq.top_n_list("en", 22_000)[:COMMON])
    classed = (word for word in lexicon.classes if "_" not in word)
    counted = Counter(
        token.word
        for row in taken
        for token in text.tokens(text.fold(row.text, lexicon.words).text)
    )
    used = (word for word, times in counted.items() if times >= USED)
    return sorted(
        {word for words in (common, classed, used) for word in words
         if word.isascii() and word.replace("'", "").isalpha()}
    )  # fmt: skip


def near(words: list[str], vectors: Any) -> dict[str, list[str]]:
    """For each word the common ones nearest in meaning."""
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    common = np.array(
        [at for at, word in enumerate(words) if wordfreq.zipf_frequency(word, "en") > 3]
    )
    found: dict[str, list[str]] = {}
    for start in range(0, len(words), 1000):
        alike = unit[start : start + 1000] @ unit[common].T
        best = np.argpartition(-alike, _NEAR, axis=1)[:, :_NEAR]
        for at, row in enumerate(best):
            word = words[start + at]
            found[word] = [words[common[each]] for each in row if words[common[each]] != word]
    return found


class Alteration:
    """Exchanges words; the same seed exchanges the same."""

    def __init__(self, lexicon: Lexicon, nearest: dict[str, list[str]]) -> None:
        self.chance = random.Random(11)
        self._lexicon = lexicon
        self._nearest = nearest
        self._of_class: dict[str, list[str]] = {}
        for word, classes in lexicon.classes.items():
            for name in classes if "_" not in word else ():
                self._of_class.setdefault(name, []).append(word)

    def word(self, word: str) -> str:
        """Another word of its class, or one near it in meaning."""
        low = word.lower()
        classes = [name for name in self._lexicon.of(low) if name in self._of_class]
        if classes and self.chance.random() < 0.5:
            return self.chance.choice(self._of_class[self.chance.choice(classes)])
        return self.chance.choice(self._nearest[low]) if self._nearest.get(low) else word

    def sentence(self, sentence: str) -> str:
        """A copy with a quarter to three fifths of the words that carry meaning exchanged."""
        share = self.chance.choice((0.25, 0.4, 0.6))
        parts = []
        for part in _PARTS.findall(sentence):
            if part[0].isalpha() and part.lower() not in _KEPT and self.chance.random() < share:
                fresh = self.word(part)
                parts.append(fresh.capitalize() if part[0].isupper() else fresh)
            else:
                parts.append(part)
        return "".join(parts)


def pool(
    taken: list[Row],
    lexicon: Lexicon,
    nearest: dict[str, list[str]],
    *,
    copies: int,
    halves: int,
) -> list[str]:
    """The sentences, those of the corpus among them; the same corpus gives the same pool."""
    alteration = Alteration(lexicon, nearest)
    chance = alteration.chance
    sentences = sorted({row.text for row in taken})
    result = set(sentences)
    for sentence in sentences:
        result.update(alteration.sentence(sentence) for _ in range(copies))
    cut = [parts for parts in map(_JOINT.split, sentences) if len(parts) > 1]
    for _ in range(halves):
        result.add(f"{chance.choice(cut)[0]} {chance.choice(cut)[-1]}")
    ordered = sorted(result)
    chance.shuffle(ordered)
    return ordered
