"""The word classes that rules and statistics speak of: body, condition, family, bill, and so on."""

from carekraft_desktop.value import Value

_ENDINGS = ("'s", "s", "es")


class Lexicon(Value, frozen=True):
    """Which classes a word belongs to, and which words are ordinary words at all."""

    classes: dict[str, tuple[str, ...]]
    """By folded word; two words joined by a line below are one entry."""
    words: frozenset[str]
    """Ordinary words: what is none of these may be a name or a disguise."""

    @classmethod
    def read(cls, classes: str, words: str) -> "Lexicon":
        """From the texts of `classes.txt` and `words.txt`."""
        found: dict[str, list[str]] = {}
        for line in classes.splitlines():
            name, colon, listed = line.partition(":")
            if line.startswith("#") or not colon:
                continue
            for word in listed.split():
                found.setdefault(word, []).append(name)
        known = {part for word in found for part in word.split("_")}
        for line in words.splitlines():
            if not line.startswith("#"):
                known.update(line.split())
        return cls(
            {word: tuple(names) for word, names in found.items()},
            frozenset(known),
        )

    def of(self, word: str) -> tuple[str, ...]:
        """The classes of a folded word; a plain plural is looked up without its ending."""
        named = self.classes.get(word)
        if named is not None:
            return named
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) > len(ending) + 2:
                named = self.classes.get(word[: -len(ending)])
                if named is not None:
                    return named
        return ()

    def run(self, words: list[str]) -> list[tuple[str, ...]]:
        """The classes of each word of a sentence, those of word pairs and triples included."""
        result = [self.of(word) for word in words]
        for index in range(len(words) - 1):
            for span in (2, 3):
                named = self.classes.get("_".join(words[index : index + span]))
                if named and index + span <= len(words):
                    for inside in range(index, index + span):
                        result[inside] = (*named, *result[inside])
        return result
