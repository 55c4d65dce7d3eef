"""A second start brings the first window forward instead of opening another."""

import hashlib
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_PATIENCE = 500
"""Milliseconds to wait for the first program."""


def _name(home: str) -> str:
    """One for each data folder; says nothing of it."""
    return "carekraft-" + hashlib.sha256(home.encode()).hexdigest()[:16]


def call(home: str) -> bool:
    """Ask the program that has the folder to come forward; whether it heard."""
    socket = QLocalSocket()
    socket.connectToServer(_name(home))
    heard = socket.waitForConnected(_PATIENCE)
    socket.abort()
    return heard


class Doorbell(QObject):
    """Listens for second starts; open to this user of the computer only."""

    def __init__(self, home: str, ring: Callable[[], None], parent: QObject) -> None:
        """`ring` is called for each; the folder's lock is held, so no other server is live."""
        super().__init__(parent)
        self._ring = ring
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(home))
        self._server.listen(_name(home))
        self._server.newConnection.connect(self._rung)

    def _rung(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.close()
            socket.deleteLater()
        self._ring()

    def close(self) -> None:
        """Stop listening."""
        self._server.close()
