"""Seeded chance: the same seed gives the same office, people and ids."""

import random
from collections.abc import Sequence
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")


class Chance(random.Random):
    """Python's generator with the few draws that the sandbox makes."""

    def weighted(self, choices: dict[T, float]) -> T:
        """One of the keys, by weight."""
        return self.choices(list(choices), weights=list(choices.values()))[0]

    def happens(self, probability: float) -> bool:
        """Whether something of that probability happens."""
        return self.random() < probability

    def some(self, choices: Sequence[T], most: int) -> list[T]:
        """One to `most` different ones."""
        return self.sample(choices, self.randint(1, most))

    def new_id(self, at: datetime) -> str:
        """A UUIDv7 (RFC 9562) of that moment, its random bits from the seed."""
        milliseconds = int(at.timestamp() * 1000) & (1 << 48) - 1
        value = milliseconds << 80 | 0x7 << 76 | self.getrandbits(12) << 64
        value |= 0b10 << 62 | self.getrandbits(62)
        text = f"{value:032x}"
        return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"
