"""A partner's system for tests: registered with an office, signed in, speaking FHIR."""

from dataclasses import dataclass
from typing import Any

import requests
from joserfc.jwk import ECKey

from carekraft_desktop.contract.enrolment import ASSERTION_TYPE
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub.fhir import partners
from carekraft_desktop.hub.partner_command import ROLES
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sign_in import Device
from tests.hub_fixture import Hub, new_key

Json = dict[str, Any]
FHIR = "application/fhir+json"


@dataclass
class Partner:
    """One system, and its token."""

    hub: Hub
    client_id: str
    key: sign_in.PrivateKey
    office_id: str = OFFICE_ID
    scopes: str = ROLES["publishes"]
    token: str = ""

    @property
    def device(self) -> Device:
        """It as the exchange knows it."""
        return Device(self.client_id, self.office_id, self.scopes)

    @property
    def private_pem(self) -> str:
        """Its private key as other programs want it."""
        key = ECKey.import_key(dict(self.key))
        return key.as_pem(private=True).decode()

    def sign_in(self, scope: str = "system/*.*") -> requests.Response:
        """Ask for a token."""
        url = self.hub.settings.token_endpoint
        text = sign_in.assertion(
            self.key,
            client_id=self.client_id,
            token_url=url,
            now=self.hub.now(),
            jti=new_key(),
        )
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": text,
            "scope": scope,
        }
        return requests.post(url, data=form, timeout=20)

    def ask(self, method: str, path: str, body: object = None, **named: Any) -> requests.Response:
        """One request under /fhir."""
        if not self.token:
            self.token = self.sign_in().json()["access_token"]
        headers = {"Authorization": f"Bearer {self.token}", "Content-Type": FHIR}
        headers |= named.pop("headers", {})
        url = path if path.startswith("http") else f"{self.hub.url}/fhir/{path}"
        return requests.request(method, url, json=body, headers=headers, timeout=20, **named)

    def get(self, path: str, **params: str) -> Json:
        """What a good GET answers."""
        answer = self.ask("GET", path, params=params)
        assert answer.status_code == 200, answer.text
        found: Json = answer.json()
        return found

    def found(self, path: str, **params: str) -> list[Json]:
        """The resources of a search."""
        return [each["resource"] for each in self.get(path, **params).get("entry", [])]

    def create(self, body: Json, **headers: str) -> Json:
        """What a good POST answers."""
        answer = self.ask("POST", body["resourceType"], body, headers=headers)
        assert answer.status_code == 201, answer.text
        made: Json = answer.json()
        return made

    def call(self, kind: str, number: str, id_: str) -> None:
        """Let the operator note what it calls something."""
        system, _, value = number.rpartition("|")
        self.hub.write(lambda c: partners.call(c, self.device, kind, id_, [(system, value)]))


def register(hub: Hub, *, role: str = "publishes", office_id: str = OFFICE_ID) -> Partner:
    """A partner of an office."""
    key = sign_in.new_key()
    public = sign_in.public_key(key)
    client_id = hub.write(
        lambda c: partners.register(
            c, office_id, name="Partner", key=public, scopes=ROLES[role], at=hub.now()
        )
    )
    return Partner(hub, client_id, key, office_id, ROLES[role])
