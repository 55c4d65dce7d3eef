"""Keyrings of Windows and macOS in memory, with the limits that the real ones have.

Windows' credential manager holds 2,560 bytes of UTF-16 in an entry, and lets an entry roam to
other computers of a domain unless it is kept as "local machine". macOS asks the person when a
program that changed wants an entry, and the person may say no; a keychain that was reset answers
politely and has lost everything.
"""

from dataclasses import dataclass, field

from keyring.errors import KeyringLocked, PasswordDeleteError, PasswordSetError

BLOB = 2_560
"""Bytes of an entry in Windows' credential manager (CRED_MAX_CREDENTIAL_BLOB_SIZE)."""


class WindowsError(Exception):
    """As pywin32 raises it: not one of the keyring library's own."""


@dataclass
class WinVault:
    """`keyring.backends.Windows.WinVaultKeyring`."""

    persist: str = "enterprise"
    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    elsewhere: dict[tuple[str, str], str] = field(default_factory=dict)
    """What roamed to another computer of the domain."""

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if len(password.encode("utf-16-le")) > BLOB:
            raise WindowsError(1783, "CredWrite", "The stub received bad data.")
        self.kept[service, username] = password
        if self.persist != "local machine":
            self.elsewhere[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError(service)
        del self.kept[service, username]

    def reset(self) -> None:
        """An administrator set the Windows password anew: the vault is empty."""
        self.kept.clear()


@dataclass
class Keychain:
    """`keyring.backends.macOS.Keyring`."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    denies: bool = False
    """The person pressed "Deny" when the system asked."""
    asked: int = 0

    def get_password(self, service: str, username: str) -> str | None:
        self._ask()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked += 1
        if self.denies:
            raise PasswordSetError("Can't store password on keychain: (-128, 'denied')")
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._ask()
        if (service, username) not in self.kept:
            raise PasswordDeleteError(service)
        del self.kept[service, username]

    def reset(self) -> None:
        """The login keychain was replaced after the account's password was set anew."""
        self.kept.clear()

    def _ask(self) -> None:
        self.asked += 1
        if self.denies:
            raise KeyringLocked("Can't get password from keychain: (-128, 'denied')")


# The port knows kinds by the class's full name.
WinVault.__module__, WinVault.__qualname__ = "keyring.backends.Windows", "WinVaultKeyring"
Keychain.__module__, Keychain.__qualname__ = "keyring.backends.macOS", "Keyring"
