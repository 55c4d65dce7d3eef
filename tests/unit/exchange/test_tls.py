"""What is not who it says it is gets no byte: certificates that fail, each in its own way."""

import contextlib
import socket
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from carekraft_desktop.errors import Offline
from carekraft_desktop.exchange.connection import Connection
from carekraft_desktop.hub.now import utc_now

BODY = b"what a patient shared"
Key = ec.EllipticCurvePrivateKey
Signer = tuple[x509.Name, Key]


def _named(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words)])


def _certificate(
    name: x509.Name, key: Key, by: Signer, *, host: str = "", days: int = 30
) -> x509.Certificate:
    """A certificate that began a hundred days ago and ends in `days`, which may be past."""
    now = utc_now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(by[0])
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=100))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.BasicConstraints(ca=not host, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(by[1].public_key()), critical=False
        )
    )
    if host:
        names: list[x509.GeneralName] = [
            x509.IPAddress(ip_address(host)) if host[0].isdigit() else x509.DNSName(host)
        ]
        made = made.add_extension(x509.SubjectAlternativeName(names), critical=False)
    return made.sign(by[1], hashes.SHA256())


@dataclass
class Server:
    """Speaks TLS with one certificate, and remembers what it was told."""

    folder: Path
    certificate: x509.Certificate
    key: Key
    most: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED
    heard: bytearray = field(default_factory=bytearray)

    def __post_init__(self) -> None:
        both = self.folder / "server.pem"
        both.write_bytes(
            self.certificate.public_bytes(serialization.Encoding.PEM)
            + self.key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if self.most is ssl.TLSVersion.TLSv1_1:
            self._context.set_ciphers("ALL:@SECLEVEL=0")
            self._context.options &= ~ssl.OP_NO_TLSv1_1
            self._context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
        self._context.maximum_version = self.most
        self._context.load_cert_chain(both)
        self._place = socket.create_server(("127.0.0.1", 0))
        self.url = f"https://127.0.0.1:{self._place.getsockname()[1]}"
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                client, _ = self._place.accept()
            except OSError:
                return
            with (
                contextlib.suppress(OSError),
                self._context.wrap_socket(client, server_side=True) as talk,
            ):
                talk.settimeout(5)
                while BODY not in self.heard:
                    self.heard += talk.recv(4_096)
                talk.sendall(b"HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        self._place.shutdown(socket.SHUT_RDWR)
        self._place.close()
        self._thread.join()


class Trust:
    """An authority that this computer trusts, for the time of a test."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.key, self.name = ec.generate_private_key(ec.SECP256R1()), _named("Test authority")
        certificate = _certificate(self.name, self.key, (self.name, self.key))
        self.file = folder / "trusted.pem"
        self.file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
        self.servers: list[Server] = []

    def server(
        self,
        *,
        host: str = "127.0.0.1",
        days: int = 30,
        own: bool = False,
        most: ssl.TLSVersion = ssl.TLSVersion.MAXIMUM_SUPPORTED,
    ) -> Server:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _named(host)
        by = (name, key) if own else (self.name, self.key)
        made = Server(self.folder, _certificate(name, key, by, host=host, days=days), key, most)
        self.servers.append(made)
        return made


@pytest.fixture
def trust(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Trust]:
    made = Trust(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    yield made
    for server in made.servers:
        server.close()


def send(server: Server) -> int:
    connection = Connection(server.url)
    try:
        return connection.ask("POST", "/v1/commands", body=BODY).status
    finally:
        connection.close()


@pytest.mark.req("REQ-20")
def test_a_certificate_that_is_right_is_taken(trust: Trust) -> None:
    server = trust.server()
    assert send(server) == 204
    assert BODY in server.heard


@pytest.mark.req("REQ-20")
@pytest.mark.filterwarnings("ignore:ssl:DeprecationWarning")  # to be an old server at all
@pytest.mark.parametrize("wrong", ["self-signed", "expired", "another-host", "old-protocol"])
def test_what_is_not_who_it_says_gets_no_byte(trust: Trust, wrong: str) -> None:
    server = {
        "self-signed": lambda: trust.server(own=True),
        "expired": lambda: trust.server(days=-1),
        "another-host": lambda: trust.server(host="exchange.example.com"),
        "old-protocol": lambda: trust.server(most=ssl.TLSVersion.TLSv1_1),
    }[wrong]()
    with pytest.raises(Offline):
        send(server)
    assert server.heard == b""


@pytest.mark.req("REQ-20")
def test_a_proxy_of_the_environment_is_not_asked(
    trust: Trust, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy, server = trust.server(), trust.server()
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    monkeypatch.setenv("PYTHONHTTPSVERIFY", "0")
    assert send(server) == 204
    assert proxy.heard == b""
