"""The part of the public context that allows names and numbers."""

from typing import Protocol


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
