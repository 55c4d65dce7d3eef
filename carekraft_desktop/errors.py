"""Everything that can go wrong in a way somebody can act on, on one screen.

    CareKraftError
    ├── AccessError        who may come in, and with which key
    │   ├── WrongPassword, WrongRecoveryKey, WrongWorkstationCode, TooManyTries
    │   ├── WeakPassword, NameNotAllowed, KeyFileDamaged, PacketDamaged,
    │   │   ContainerShut, NoOffice
    │   ├── WeakPin, WrongPin, PinsUsedUp, PinNeedsPassword, PasswordAgain, Covered
    │   ├── KeysDestroyed, ShutOut, NeedsContact, CodeNeeded
    │   └── KeyringMissing, KeyringRefused (KeyringUnsafe), KeyringLost
    ├── StoreError         the encrypted file on this computer
    │   ├── NotEncrypted, StoreMissing, StoreDamaged, StoreTooNew, StoreRolledBack
    │   ├── StoreBusy, StoreReadOnly, DiskFull, AlreadyRunning
    │   ├── BackupDamaged, BackupTooNew, BackupShut, BackupMissing, BackupOfAnother
    │   └── FolderMissing, CatchUpNeeded, NothingReadable, BrokenOff
    ├── ExchangeError      the exchange on the other side of the network
    │   ├── Offline, Unavailable, Garbled
    │   ├── SignedOut (ReportedLost), CodeRefused, Refused
    │   ├── FeedRestarted, TooOld
    │   └── ChangedThere, PartnerRefused
    └── RuleError          the office's own rules
        ├── LastOfficer, NotAttested
        ├── NotPermitted, IllegalStep, NoLongerThere, NothingToUndo
        ├── EditorClosed, PostingLocked, DraftOfAnother, NotSafe, ReviewChanged
        ├── CheckerBroken, FileUnreadable, TemplateUnclear
        ├── PartnerUnclear, PartnerInUse, ExportUnclear, PlaceLeaves
        ├── IncidentUnclear, IncidentOpen
        ├── MessageRefused, ReferralRefused
        ├── Held, KeptLonger, TableUnclear, RequestUnclear, NotAuthorized
        └── StillNeeded

An error carries a stable `code` and the `remedy` that the person at the desk has. The words
for both are in `presenters/wording.py`. No error holds a sentence for the screen or a
patient's data. Whatever is not in this tree is a bug and is reported as one.
"""

from enum import StrEnum
from typing import ClassVar


class Remedy(StrEnum):
    """What the person at the desk can do next."""

    RETRY = "retry"
    WAIT = "wait"
    SIGN_IN = "sign-in"
    EDIT = "edit"
    RECOVER = "recover"
    ASK_ADMINISTRATOR = "ask-administrator"
    UPDATE = "update"


class CareKraftError(Exception):
    """An expected failure: a code, a remedy, and nothing personal."""

    code: ClassVar[str] = "unexpected"
    remedy: ClassVar[Remedy] = Remedy.ASK_ADMINISTRATOR

    def __init__(self, detail: str = "") -> None:
        """`detail` is for the log: a technical word or two, never a value of a patient."""
        super().__init__(f"{self.code}: {detail}" if detail else self.code)
        self.detail = detail


class AccessError(CareKraftError):
    """Someone could not be let in."""


class WrongPassword(AccessError):
    """The password does not open this person's key."""

    code = "wrong-password"
    remedy = Remedy.SIGN_IN


class WrongRecoveryKey(AccessError):
    """The recovery key from paper is mistyped or belongs to another office."""

    code = "wrong-recovery-key"
    remedy = Remedy.EDIT


class WrongWorkstationCode(AccessError):
    """The workstation code, used where there is no keyring, is mistyped."""

    code = "wrong-workstation-code"
    remedy = Remedy.EDIT


class TooManyTries(AccessError):
    """Sign-in is paused after repeated failures; `seconds` are left."""

    code = "too-many-tries"
    remedy = Remedy.WAIT

    def __init__(self, seconds: float) -> None:
        """`seconds`: how long until the next try is taken."""
        super().__init__(f"{seconds:.0f} s")
        self.seconds = seconds


class WeakPassword(AccessError):
    """The new password is too short or too well known (REQ-33)."""

    code = "weak-password"
    remedy = Remedy.EDIT


class NameNotAllowed(AccessError):
    """The sign-in name is taken, malformed or a shared one such as `frontdesk` (REQ-01)."""

    code = "name-not-allowed"
    remedy = Remedy.EDIT


class WeakPin(AccessError):
    """The new PIN is not six digits, or one of those that are tried first."""

    code = "weak-pin"
    remedy = Remedy.EDIT


class WrongPin(AccessError):
    """The PIN is not this person's; the password still works."""

    code = "wrong-pin"
    remedy = Remedy.EDIT


class PinsUsedUp(AccessError):
    """Too many wrong PINs: the store was closed, and only a password opens it."""

    code = "pins-used-up"
    remedy = Remedy.SIGN_IN


class PinNeedsPassword(AccessError):
    """This person has not typed the password since the store was opened, or has no PIN."""

    code = "pin-needs-password"
    remedy = Remedy.SIGN_IN


class PasswordAgain(AccessError):
    """What is asked for needs the password, typed within the last minutes (REQ-19)."""

    code = "password-again"
    remedy = Remedy.SIGN_IN


class Covered(AccessError):
    """The screen is covered, so nothing is read for it (REQ-04)."""

    code = "covered"
    remedy = Remedy.SIGN_IN


class KeyFileDamaged(AccessError):
    """The file with the wrapped keys cannot be read or was altered."""

    code = "key-file-damaged"
    remedy = Remedy.RECOVER


class PacketDamaged(AccessError):
    """The file is no downtime packet, or somebody has altered it."""

    code = "packet-damaged"
    remedy = Remedy.RECOVER


class ContainerShut(AccessError):
    """A container does not open: another passphrase, or it was damaged."""

    code = "container-shut"
    remedy = Remedy.EDIT


class NoOffice(AccessError):
    """There is no office on this computer."""

    code = "no-office"
    remedy = Remedy.ASK_ADMINISTRATOR


class KeyringMissing(AccessError):
    """The operating system offers no keyring."""

    code = "keyring-missing"
    remedy = Remedy.EDIT


class KeyringRefused(AccessError):
    """The keyring is locked, refused to answer, or is of a kind that is not safe."""

    code = "keyring-refused"
    remedy = Remedy.RETRY


class KeyringUnsafe(KeyringRefused):
    """The keyring is of a kind that keeps secrets in plain text, or that nobody has looked at."""

    code = "keyring-unsafe"
    remedy = Remedy.RECOVER


class KeyringLost(AccessError):
    """The keyring answers but no longer holds this workstation's secret."""

    code = "keyring-lost"
    remedy = Remedy.RECOVER


class KeysDestroyed(AccessError):
    """The workstation was reported lost and has destroyed its keys (REQ-96)."""

    code = "keys-destroyed"


class ShutOut(AccessError):
    """A colleague ended this sign-in for the whole office, at another workstation (REQ-24)."""

    code = "shut-out"


class CodeNeeded(AccessError):
    """The exchange lets the lost computer in no more, so a backup of it needs a fresh code."""

    code = "code-needed"
    remedy = Remedy.EDIT


class NeedsContact(AccessError):
    """Too long without a word from the exchange: the keys alone are not enough (REQ-96)."""

    code = "needs-contact"
    remedy = Remedy.RETRY


class StoreError(CareKraftError):
    """The encrypted store could not do what was asked."""


class NotEncrypted(StoreError):
    """The database library has no cipher, or the file is readable without a key (REQ-08)."""

    code = "not-encrypted"


class StoreMissing(StoreError):
    """The key file says that a store exists, and it is not there."""

    code = "store-missing"
    remedy = Remedy.RECOVER


class StoreDamaged(StoreError):
    """The right key does not open the file, or a page fails its check."""

    code = "store-damaged"
    remedy = Remedy.RECOVER


class StoreRolledBack(StoreError):
    """The store lacks its last commits: an older copy, or its journal was removed."""

    code = "store-rolled-back"
    remedy = Remedy.RECOVER


class StoreTooNew(StoreError):
    """The store was written by a newer version of the program."""

    code = "store-too-new"
    remedy = Remedy.UPDATE


class StoreBusy(StoreError):
    """Another transaction did not finish in time."""

    code = "store-busy"
    remedy = Remedy.RETRY


class StoreReadOnly(StoreError):
    """The file or its folder cannot be written."""

    code = "store-read-only"


class DiskFull(StoreError):
    """No space is left; what was committed is safe, the last action was not saved."""

    code = "disk-full"


class BackupDamaged(StoreError):
    """A backup is not as it was made: a byte was altered, a file cut, its manifest is missing."""

    code = "backup-damaged"
    remedy = Remedy.EDIT


class BackupTooNew(StoreError):
    """A newer program made the backup."""

    code = "backup-too-new"
    remedy = Remedy.UPDATE


class BackupShut(StoreError):
    """This person's password does not open the backup, whoever else's does."""

    code = "backup-shut"
    remedy = Remedy.RECOVER


class BackupMissing(StoreError):
    """There is no backup where one was looked for."""

    code = "backup-missing"
    remedy = Remedy.EDIT


class BackupOfAnother(StoreError):
    """The backup is of another office or workstation than the one on this computer."""

    code = "backup-of-another"
    remedy = Remedy.EDIT


class FolderMissing(StoreError):
    """The folder for backups is not there: a disk that is not plugged in, a share out of reach."""

    code = "folder-missing"
    remedy = Remedy.RETRY


class CatchUpNeeded(StoreError):
    """What was withdrawn since the backup is not known, so nothing of it may be shown yet."""

    code = "catch-up-needed"
    remedy = Remedy.RETRY


class NothingReadable(StoreError):
    """Not a single page of the file opens, so nothing can be saved from it."""

    code = "nothing-readable"
    remedy = Remedy.RECOVER


class BrokenOff(StoreError):
    """Somebody broke it off; everything is as it was."""

    code = "broken-off"
    remedy = Remedy.RETRY


class AlreadyRunning(StoreError):
    """Another process has this store open."""

    code = "already-running"
    remedy = Remedy.RETRY


class ExchangeError(CareKraftError):
    """The exchange could not be reached or did not agree."""


class Offline(ExchangeError):
    """No answer: no network, no route, or a connection that broke."""

    code = "offline"
    remedy = Remedy.WAIT


class Unavailable(ExchangeError):
    """The exchange answers that it is busy; `retry_after` seconds if it said so."""

    code = "exchange-unavailable"
    remedy = Remedy.WAIT

    def __init__(self, detail: str = "", retry_after: float | None = None) -> None:
        """`retry_after`: seconds the exchange asked us to wait, None when it did not say."""
        super().__init__(detail)
        self.retry_after = retry_after


class Garbled(ExchangeError):
    """The answer is not what the contract says: wrong type, size or shape."""

    code = "exchange-garbled"
    remedy = Remedy.WAIT


class SignedOut(ExchangeError):
    """The exchange no longer accepts this workstation."""

    code = "signed-out"


class ReportedLost(SignedOut):
    """A colleague reported this workstation lost; the exchange's order comes along (REQ-96)."""

    code = "reported-lost"

    def __init__(self, order: str) -> None:
        """`order`: as the exchange signed it; to be proved before anything is done."""
        super().__init__()
        self.order = order


class CodeRefused(ExchangeError):
    """The enrolment code is wrong, used or out of date."""

    code = "code-refused"
    remedy = Remedy.EDIT


class Refused(ExchangeError):
    """The exchange refused a request for good; `problem` is its problem slug."""

    code = "exchange-refused"

    def __init__(self, problem: str) -> None:
        """`problem`: the last part of the problem document's `type`."""
        super().__init__(problem)
        self.problem = problem


class FeedRestarted(ExchangeError):
    """The exchange was restored or moved: our place in its feed no longer exists."""

    code = "feed-restarted"
    remedy = Remedy.WAIT


class TooOld(ExchangeError):
    """The exchange no longer speaks to this version of the program."""

    code = "client-too-old"
    remedy = Remedy.UPDATE


class ChangedThere(ExchangeError):
    """A partner has changed an appointment since we last saw it; nothing was done."""

    code = "changed-there"
    remedy = Remedy.EDIT


class PartnerRefused(ExchangeError):
    """A partner does not take what was sent."""

    code = "partner-refused"


class RuleError(CareKraftError):
    """A rule of the office or of the marketplace says no."""


class NotPermitted(RuleError):
    """This person's role does not allow it (REQ-02)."""

    code = "not-permitted"


class LastOfficer(RuleError):
    """Nobody would be left who answers for privacy (REQ-23)."""

    code = "last-officer"
    remedy = Remedy.EDIT


class NotAttested(RuleError):
    """Training or the policy in force has not been confirmed by this person (REQ-25)."""

    code = "not-attested"
    remedy = Remedy.EDIT


class CopyingOff(RuleError):
    """Nothing is copied for another program here; the privacy officer may change that (REQ-92)."""

    code = "copying-off"
    remedy = Remedy.EDIT


class IllegalStep(RuleError):
    """The visit is not in a state in which this can be done."""

    code = "illegal-step"
    remedy = Remedy.EDIT


class NoLongerThere(RuleError):
    """The visit or patient was withdrawn or deleted meanwhile."""

    code = "no-longer-there"
    remedy = Remedy.EDIT


class TemplateUnclear(RuleError):
    """A template for the practice system names a field that there is not, or says nothing."""

    code = "template-unclear"
    remedy = Remedy.EDIT


class NothingToUndo(RuleError):
    """The answer has already left the office."""

    code = "nothing-to-undo"
    remedy = Remedy.EDIT


class EditorClosed(RuleError):
    """Policies or officials are not on file, so nobody replies in public (REQ-46)."""

    code = "editor-closed"


class PostingLocked(RuleError):
    """A reply of this person was taken down, and the privacy officer has not looked (REQ-55)."""

    code = "posting-locked"


class DraftOfAnother(RuleError):
    """A colleague is writing below this review."""

    code = "draft-of-another"
    remedy = Remedy.EDIT


class NotSafe(RuleError):
    """The text may not be posted, or not by this person alone (REQ-50)."""

    code = "reply-not-safe"
    remedy = Remedy.EDIT


class ReviewChanged(RuleError):
    """The review or its reply is not the one that was answered."""

    code = "review-changed"
    remedy = Remedy.EDIT


class CheckerBroken(RuleError):
    """The reply checker's files are damaged: nothing is checked and nothing posted."""

    code = "checker-broken"


class ExportUnclear(RuleError):
    """What is to be handed out is not said fully: `recipient`, `period` or `fields`."""

    code = "export-unclear"
    remedy = Remedy.EDIT


class PlaceLeaves(RuleError):
    """The folder is copied to a cloud, or its disk is carried away: `cloud` or `removable`."""

    code = "place-leaves"
    remedy = Remedy.EDIT


class FileUnreadable(RuleError):
    """The file that was chosen is not there, or neither CSV nor JSON Lines."""

    code = "file-unreadable"
    remedy = Remedy.EDIT


class MessageRefused(RuleError):
    """A referral's message is not what its closed contract allows (REQ-61, code SCHEMA)."""

    code = "message-refused"


class ReferralRefused(RuleError):
    """The patient's permission does not cover the booking; `refusal` is a code of REQ-66."""

    code = "referral-refused"
    remedy = Remedy.EDIT

    def __init__(self, refusal: str) -> None:
        """`refusal`: one of the codes of `domain.permissions.Refusal`."""
        super().__init__(refusal)
        self.refusal = refusal


class PartnerUnclear(RuleError):
    """What was filled in about a partner is missing something; the detail says what."""

    code = "partner-unclear"
    remedy = Remedy.EDIT


class PartnerInUse(RuleError):
    """Referrals are with this partner that have not ended."""

    code = "partner-in-use"
    remedy = Remedy.EDIT


class Held(RuleError):
    """A legal hold lies on it: it is neither destroyed nor rotated away (REQ-83)."""

    code = "held"


class KeptLonger(RuleError):
    """The law or the office's table keeps it longer; the detail is the class (REQ-30, REQ-82)."""

    code = "kept-longer"


class TableUnclear(RuleError):
    """A number of the retention table is out of bounds, or the state is no state."""

    code = "table-unclear"
    remedy = Remedy.EDIT


class RequestUnclear(RuleError):
    """Something is missing for this step of a patient's request; the detail says what."""

    code = "request-unclear"
    remedy = Remedy.EDIT


class NotAuthorized(RuleError):
    """No valid authorization of the patient covers this (45 CFR 164.508; REQ-42)."""

    code = "not-authorized"
    remedy = Remedy.EDIT


class IncidentUnclear(RuleError):
    """What was said of an incident cannot be; the detail says what (REQ-99 to REQ-101)."""

    code = "incident-unclear"
    remedy = Remedy.EDIT


class IncidentOpen(RuleError):
    """An incident cannot be closed yet; the detail says what is missing (REQ-27, REQ-100)."""

    code = "incident-open"
    remedy = Remedy.EDIT


class StillNeeded(RuleError):
    """What only this workstation has would be lost with it (REQ-98)."""

    code = "still-needed"

    def __init__(self, obstacles: tuple[str, ...]) -> None:
        """`obstacles`: codes of what stands in the way."""
        super().__init__(",".join(obstacles))
        self.obstacles = obstacles
