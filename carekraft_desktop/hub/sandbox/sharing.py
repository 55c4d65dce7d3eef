"""What a patient shares with an office, class by class, as a Consent and back."""

from collections.abc import Mapping
from datetime import datetime

from carekraft_desktop.contract.fhir import (
    DATA_CLASS,
    CodeableConcept,
    Coding,
    Consent,
    Period,
    Provision,
    Reference,
)
from carekraft_desktop.hub.now import stamp
from carekraft_desktop.value import Value

ACT_CODE = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
SCOPE = "http://terminology.hl7.org/CodeSystem/consentscope"
CLASSES = ("contact", "demographic", "insurance", "medical")


class Shared(Value, frozen=True):
    """The office may see it."""


class Withdrawn(Value, frozen=True):
    """The office could see it until that moment (a FHIR dateTime)."""

    since: str


Sharing = dict[str, Shared | Withdrawn | None]
"""By class; None was never shared."""


def consent(
    consent_id: str,
    *,
    patient_id: str,
    office_id: str,
    sharing: Mapping[str, Shared | Withdrawn | None],
    at: datetime,
) -> Consent:
    """The Consent that says so."""
    shared = [_class(name) for name in CLASSES if isinstance(sharing[name], Shared)]
    denied = []
    for name in CLASSES:
        state = sharing[name]
        if not isinstance(state, Shared):
            since = Period(start=state.since) if state is not None else None
            denied.append(Provision(type="deny", class_=[_class(name)], period=since))
    return Consent(
        resource_type="Consent",
        id=consent_id,
        status="active",
        scope=CodeableConcept(coding=[Coding(system=SCOPE, code="patient-privacy")]),
        category=[CodeableConcept(coding=[Coding(system=ACT_CODE, code="IDSCL")])],
        patient=Reference(reference=f"Patient/{patient_id}"),
        date_time=stamp(at),
        organization=[Reference(reference=f"Organization/{office_id}")],
        policy_rule=CodeableConcept(coding=[Coding(system=ACT_CODE, code="OPTIN")]),
        # A permit without classes would permit all of them.
        provision=Provision(type="permit" if shared else None, class_=shared, provision=denied),
    )


def sharing_of(document: Consent) -> Sharing:
    """What a Consent of ours says."""
    sharing: Sharing = dict.fromkeys(CLASSES)
    outer = document.provision
    if outer is None:
        return sharing
    for coding in outer.class_:
        sharing[str(coding.code)] = Shared()
    for inner in outer.provision:
        if inner.period is not None and inner.period.start is not None:
            for coding in inner.class_:
                sharing[str(coding.code)] = Withdrawn(inner.period.start)
    return sharing


def _class(name: str) -> Coding:
    return Coding(system=DATA_CLASS, code=name)
