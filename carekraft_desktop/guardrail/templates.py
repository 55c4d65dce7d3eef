"""Replies that are safe under any review, whoever wrote it and whatever it says.

Each is proved by the checker in the tests, with every display name and office profile. What is
in braces comes from the office's public profile and nowhere else.
"""

from collections.abc import Sequence

from carekraft_desktop.value import Value


class Template(Value, frozen=True):
    """A safe reply; `text` may speak of `{phone}` and `{name}`."""

    name: str
    """Stable, for settings and records."""
    text: str

    @property
    def needs_phone(self) -> bool:
        """Whether the office must have a public phone for it."""
        return "{phone}" in self.text

    @property
    def needs_name(self) -> bool:
        """Whether somebody must be on the public staff list for it."""
        return "{name}" in self.text

    def filled(self, *, phone: str = "", name: str = "") -> str:
        """The reply with the office's own public data.

        Raises:
            ValueError: it speaks of something that the profile does not have.
        """
        if (self.needs_phone and not phone) or (self.needs_name and not name):
            raise ValueError(self.name)
        return self.text.format(phone=phone, name=name)


TEMPLATES: tuple[Template, ...] = (
    Template("feedback", "Thank you for the feedback. We read every comment."),
    Template("kind-words", "Thank you for the kind words."),
    Template(
        "privacy",
        "Privacy rules keep us from discussing any individual here, or saying whether anyone is "
        "a patient. Our office manager is glad to talk at {phone}.",
    ),
    Template(
        "concern",
        "We take concerns seriously and handle them privately. Please call {phone} and ask for "
        "{name}.",
    ),
    Template(
        "fees-and-waits",
        "Our office aims to keep waits short and to explain fees in advance to everyone. "
        "Suggestions are welcome at {phone}.",
    ),
    Template("praise-team", "Thank you for the kind words. We will share them with our team."),
    Template("listen", "We are sorry to read this. Please call {phone} so that we can listen."),
    Template("general", "Thank you for the feedback. We take all comments seriously."),
)


def offered(*, phones: Sequence[str], staff: Sequence[str]) -> tuple[str, ...]:
    """All templates that can be filled from the public profile, in their order."""
    phone = phones[0] if phones else ""
    name = staff[0] if staff else ""
    return tuple(
        each.filled(phone=phone, name=name)
        for each in TEMPLATES
        if (phone or not each.needs_phone) and (name or not each.needs_name)
    )
