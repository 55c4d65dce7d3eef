"""Turns everything that goes wrong into a problem document (RFC 9457)."""

from collections.abc import Mapping

from starlette.responses import Response

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.problems import CONTENT_TYPE, PREFIX, Problem, Slug, problem

RETRY_AFTER = 1
"""Seconds asked of a client that met a busy exchange."""


class Refused(Exception):
    """Ends a request with a problem document."""

    def __init__(self, document: Problem, headers: Mapping[str, str] | None = None) -> None:
        """`document`: what is told; `headers`: besides the content type."""
        super().__init__(document.slug)
        self.document = document
        self.headers = dict(headers or {})


def refuse(slug: Slug, title: str, *errors: str) -> Refused:
    """A refusal with the headers that belong to its kind."""
    headers: dict[str, str] = {}
    document = problem(slug, title, errors=list(errors))
    if document.status == 401:
        headers["WWW-Authenticate"] = "Bearer"
    if document.status in (429, 503):
        headers["Retry-After"] = str(RETRY_AFTER)
    return Refused(document, headers)


def invalid(title: str, *errors: str, status: int = 400) -> Refused:
    """An `invalid-request` of another HTTP status, such as 405 or 415."""
    return Refused(
        Problem(type=PREFIX + Slug.INVALID_REQUEST, title=title, status=status, errors=list(errors))
    )


def answer(refused: Refused, **members: str) -> Response:
    """The response; `members` are added to the document (RFC 9457, 3.2)."""
    body = encode(refused.document)
    if members:
        body = body[:-1] + b"," + encode(members)[1:]
    return Response(body, refused.document.status, {"Content-Type": CONTENT_TYPE} | refused.headers)
