"""Gathers HL7's official R4 examples of our resource types into one file, without narratives.

    npm pack hl7.fhir.r4.examples@4.0.1 && tar xzf hl7.fhir.r4.examples-4.0.1.tgz
    python tests/oracles/examples.py package > tests/oracles/examples.jsonl

Source: HL7 FHIR R4, npm package hl7.fhir.r4.examples 4.0.1, (c) HL7.org, CC0. One resource a
line, sorted by type and id; `text` (narrative) is left out, nothing else is changed.
"""

import json
import sys
from pathlib import Path

TYPES = ("Appointment", "Consent", "Coverage", "Patient", "Schedule", "Slot")

if __name__ == "__main__":
    for kind in TYPES:
        for path in sorted(Path(sys.argv[1]).glob(f"{kind}-*.json")):
            resource = json.loads(path.read_text(encoding="utf-8"))
            if resource["resourceType"] == kind:
                resource.pop("text", None)
                line = json.dumps(resource, ensure_ascii=False, separators=(",", ":"))
                sys.stdout.write(line + "\n")
