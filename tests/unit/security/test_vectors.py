"""A key file written by the first version opens with every later one."""

import json
import shutil
from pathlib import Path

from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.secret import Secret
from tests.fakes.clock import FakeClock
from tests.unit.security.conftest import ADA, BEN, CHEAP, OTHER, PASSWORD

VECTORS = Path(__file__).parent / "vectors"


def test_the_first_versions_file_opens_by_each_of_its_ways_in(tmp_path: Path) -> None:
    path = tmp_path / "office.keys"
    shutil.copy(VECTORS / "key-file-1.json", path)
    (tmp_path / "office.keys.tries").write_bytes(b"{}")
    known = json.loads((VECTORS / "opens-with.json").read_text("utf-8"))
    device = Secret(bytes.fromhex(known["device"]))
    ring = KeyRing.load(path, clock=FakeClock(), floor=CHEAP, cost=CHEAP)
    for staff, password in ((ADA, PASSWORD), (BEN, OTHER)):
        with ring.unlock(staff.id, password, device) as unlocked:
            assert unlocked.key.content.hex() == known["key"]
            assert unlocked.derive("audit/v1").content.hex() == known["audit"]
    assert ring.rescue_device(known["paper"]).matches(device)
    with ring.recover(
        known["paper"], staff_id=ADA.id, new_password="nine white boats", new_device_secret=device
    ) as unlocked:
        assert unlocked.key.content.hex() == known["key"]
