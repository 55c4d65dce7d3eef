"""A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on loopback.

The server's programs come from the system (`dev.py test` installs Debian's package where it
may). It refuses to run as root, so there it runs as another user. Nothing outside the
temporary folder is touched.
"""

import getpass
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "max_connections": "120",
    "shared_buffers": "32MB",
    "log_min_messages": "panic",
}


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@dataclass
class Postgres:
    """A running server."""

    port: int
    user: str
    templates: dict[object, str] = field(default_factory=dict)

    def url(self, name: str) -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{name}"

    def database(self, *, like: str = "template1") -> str:
        """Name of a new database, a copy of another."""
        name = f"t{secrets.token_hex(6)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, whoever is still connected."""
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        address = f"host=127.0.0.1 port={self.port} user={self.user} dbname=postgres"
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute(statement)


def _someone() -> str:
    """Who runs the server: we, or an ordinary user when we are root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    for name in ("postgres", "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    return "nobody"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server for the whole run, or a skip where there is none."""
    folder_of_programs = programs()
    if folder_of_programs is None:
        pytest.skip("no PostgreSQL server is installed here")
    someone = _someone()
    user = someone if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="ck-pg-"))
    if user:
        shutil.chown(folder, someone)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C", "TZ": "UTC"}
    data = folder / "data"
    subprocess.run(
        [
            folder_of_programs / "initdb",
            "-D",
            data,
            "-U",
            someone,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "-N",
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        user=user,
    )
    options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
    server = subprocess.Popen(
        [folder_of_programs / "postgres", "-D", data, "-p", str(port), "-k", folder, *options],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=environment,
        user=user,
    )
    running = Postgres(port, someone)
    try:
        _wait_for(running, server)
        yield running
    finally:
        server.terminate()
        server.wait(timeout=20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(running: Postgres, server: "subprocess.Popen[bytes]") -> None:
    address = f"host=127.0.0.1 port={running.port} user={running.user} dbname=postgres"
    for _ in range(600):
        try:
            psycopg.connect(address, connect_timeout=2).close()
        except psycopg.OperationalError:
            if server.poll() is not None:
                break
            # The server tells nobody when it is ready; asking is the documented way.
            subprocess.run(["sleep", "0.05"], check=True)
        else:
            return
    message = "the PostgreSQL server did not start"
    raise RuntimeError(message)
