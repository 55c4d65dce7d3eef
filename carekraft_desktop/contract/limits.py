"""How large anything on the wire may be; the same numbers on both sides."""

from typing import Annotated

from msgspec import Meta

PAGE_ITEMS = 1_000
"""Most items in one page of the feed."""
PAGE_BYTES = 4 * 1024 * 1024
"""Most bytes of any one answer, after decompression."""
WAIT_SECONDS = 25
"""Longest time the exchange holds an empty page back (long-poll)."""
BATCH_COMMANDS = 50
"""Most commands in one request."""

# Patterns end in (?![\s\S]): in Python `$` would also match before a last line break.
Id = Annotated[str, Meta(pattern=r"^[A-Za-z0-9\-.]{1,64}(?![\s\S])")]
"""An identifier as FHIR R4 allows it: letters, digits, `-` and `.`, at most 64."""
Code = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9.\-]{0,63}(?![\s\S])")]
"""A short machine word, such as a problem's slug or a reason."""
ShortText = Annotated[str, Meta(max_length=200)]
LongText = Annotated[str, Meta(max_length=2_000)]
Cursor = Annotated[str, Meta(max_length=200, pattern=r"^[A-Za-z0-9_\-=]*(?![\s\S])")]
Key = Annotated[
    str,
    Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![\s\S])"),
]
"""A UUIDv7 made by the workstation (RFC 9562), the idempotency key of a command."""
