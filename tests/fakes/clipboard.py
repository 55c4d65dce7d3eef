"""A clipboard that remembers what was put on it."""

from dataclasses import dataclass, field


@dataclass
class FakeClipboard:
    """Holds everything that was ever copied, with its seconds."""

    held: list[tuple[str, int]] = field(default_factory=list)

    def hold(self, text: str, seconds: int) -> None:
        self.held.append((text, seconds))
