"""Reads requests: bounded bodies of the right type, strict queries, who is asking."""

import re
from typing import TypeVar
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.enrolment import CLIENT_HEADER
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.hub.problems import invalid, refuse

T = TypeVar("T")

_ID = re.compile(r"[A-Za-z0-9\-.]{1,64}")
_VERSION = re.compile(r"[a-z\-]{1,32}/(\d{1,6})\.(\d{1,6})\.(\d{1,6})")


async def body(request: Request, *, content_type: str, most: int) -> bytes:
    """The body, when it is of that type and not longer than `most` bytes."""
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if given != content_type:
        raise invalid("The body has another type than is read here", status=415)
    if request.headers.get("content-encoding", "identity") != "identity":
        raise invalid("The body must not be encoded", status=415)
    declared = request.headers.get("content-length", "0")
    if not declared.isdigit() or int(declared) > most:
        raise refuse(Slug.TOO_LARGE, f"At most {most} bytes are read")
    data = bytearray()
    try:
        async for part in request.stream():
            data += part
            if len(data) > most:
                raise refuse(Slug.TOO_LARGE, f"At most {most} bytes are read")
    except ClientDisconnect:
        raise invalid("The body ended early") from None
    return bytes(data)


async def json(request: Request, kind: type[T], *, most: int) -> T:
    """The body as a value of the contract."""
    data = await body(request, content_type="application/json", most=most)
    if b"\\u0000" in data:
        # PostgreSQL's texts cannot hold it, and no value of ours has a use for it.
        raise refuse(Slug.INVALID_REQUEST, "The body holds a NUL character")
    try:
        return decode(data, kind, most=most)
    except Malformed as error:
        raise refuse(
            Slug.INVALID_REQUEST, "The body is not what is expected", error.reason[:200]
        ) from None


async def form(request: Request, *, most: int) -> dict[str, str]:
    """A form's fields; a field given twice is refused (RFC 6749, 3.2)."""
    data = await body(request, content_type="application/x-www-form-urlencoded", most=most)
    try:
        pairs = parse_qsl(
            data.decode("ascii"), keep_blank_values=True, strict_parsing=True, max_num_fields=20
        )
    except ValueError:
        raise refuse(Slug.INVALID_REQUEST, "The form cannot be read") from None
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise refuse(Slug.INVALID_REQUEST, "A field was given twice")
    return fields


def number(request: Request, name: str, *, default: int, least: int, most: int) -> int:
    """A whole number from the query."""
    text = request.query_params.get(name)
    if text is None:
        return default
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise refuse(Slug.INVALID_REQUEST, "The query is not what is expected", name)
    value = int(text)
    if not least <= value <= most:
        raise refuse(Slug.INVALID_REQUEST, "The query is not what is expected", name)
    return value


def client_version(request: Request) -> tuple[int, int, int] | None:
    """The program's version, None when it did not say."""
    found = _VERSION.fullmatch(request.headers.get(CLIENT_HEADER, ""))
    return (int(found[1]), int(found[2]), int(found[3])) if found else None


def is_id(text: str) -> bool:
    """Whether the text has the form of an identifier or a kind."""
    return _ID.fullmatch(text) is not None
