"""One command on its way to the part of the exchange that carries it out."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from carekraft_desktop.contract.commands import Command, ResultStatus
from carekraft_desktop.contract.problems import Problem
from carekraft_desktop.hub.feed import Place
from carekraft_desktop.value import Value


class Order(Value, frozen=True):
    """A command, who sent it, and the transaction it is carried out in."""

    connection: Connection
    at: datetime
    office_id: str
    client_id: str
    command: Command
    body: Any
    """The command's body, read as `BODY_OF` says."""


Handler = Callable[[Order], Place]
"""Carries an order out and says where the change stands in the feed; raises Refusal."""


class Refusal(Exception):
    """The order cannot be carried out; whatever was begun is rolled back."""

    def __init__(self, why: Problem, status: ResultStatus = ResultStatus.REJECTED) -> None:
        """`status`: CONFLICT when the thing has changed since the person saw it."""
        super().__init__()
        self.why = why
        self.status = status
