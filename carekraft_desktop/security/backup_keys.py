"""Who can open a backup: the holder of the recovery key, and those it was wrapped for."""

from carekraft_desktop.errors import BackupShut, WrongRecoveryKey
from carekraft_desktop.security import backup_file
from carekraft_desktop.security.backup_file import PAPER, Manifest
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import NotOpened, unwrap


def by_paper(manifest: Manifest, typed: str) -> Secret:
    """The backup's key, by the recovery key from paper.

    Raises:
        WrongRecoveryKey: mistyped, another office's, or another than was valid then.
    """
    wrapped = manifest.for_holder(PAPER)
    paper = RecoveryKey.typed(typed)
    try:
        if wrapped is None or backup_file.public_of(wrapped) != paper.public_key():
            raise WrongRecoveryKey("backup")
        with paper.private_key() as private:
            return unwrap(
                backup_file.wrapped_key(wrapped),
                private,
                purpose=backup_file.purpose(manifest.store, manifest.id),
            )
    except NotOpened:
        raise WrongRecoveryKey("backup") from None
    finally:
        paper.wipe()


def by_password(
    ring: KeyRing, manifest: Manifest, staff_id: str, password: str, device: Secret
) -> Secret:
    """The backup's key, by the password of somebody it was wrapped for.

    Raises:
        BackupShut: it was not wrapped for this person, or for other keys than today's.
        AccessError: the password does not fit, or may not be tried yet.
    """
    wrapped = manifest.for_holder(staff_id)
    if wrapped is None:
        raise BackupShut("not a holder")
    return ring.unwrap(
        staff_id,
        password,
        device,
        backup_file.wrapped_key(wrapped),
        purpose=backup_file.purpose(manifest.store, manifest.id),
    )


def paper_fits(manifest: Manifest, ring: KeyRing) -> bool:
    """Whether the paper that is valid now opens it."""
    wrapped = manifest.for_holder(PAPER)
    return wrapped is not None and backup_file.public_of(wrapped) == ring.recovery_public
