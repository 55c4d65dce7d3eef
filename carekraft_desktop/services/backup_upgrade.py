"""A backup of a store that a newer program is about to bring to another form."""

import logging
from pathlib import Path

from carekraft_desktop.domain.backups import Why
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.security.keys import Unlocked
from carekraft_desktop.security.redaction import fields
from carekraft_desktop.services import backup_making
from carekraft_desktop.services.workplace import Surroundings, journal_of_file, store_in
from carekraft_desktop.store import backups
from carekraft_desktop.store.facts import Fact

_log = logging.getLogger(__name__)


def back_up(around: Surroundings, unlocked: Unlocked) -> None:
    """Make it; the store is of an older form.

    It stays on this computer until the next turn brings it to the chosen folder. Where it cannot
    be made, the office opens all the same: the new form comes whole or not at all.
    """
    file, key = store_in(around.folders.office), unlocked.key.content
    try:
        journal = journal_of_file(unlocked, file)

        def copy(fresh: Path, fresh_key: bytearray) -> None:
            backups.copy_of_file(file, key, fresh, fresh_key)
            with unlocked.derive("audit/v1") as code:
                # Where the chain's key is in the store already, that one stays.
                text = bytes(code.content).hex()
                backups.write_fact(fresh, fresh_key, Fact.JOURNAL_KEY, text)

        backup_making.finished(around, unlocked, journal, Why.MIGRATION, copy)
    except CareKraftError as failure:
        _log.warning("no-backup-before-upgrade", extra=fields(code=failure.code))
