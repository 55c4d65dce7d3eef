"""What the operator of an exchange may choose, in one value."""

from dataclasses import dataclass

from carekraft_desktop.contract.limits import PAGE_ITEMS, WAIT_SECONDS


@dataclass(slots=True)
class Settings:
    """Choices of one running exchange; the sandbox may change them while it runs."""

    url: str
    """Its own address as clients see it, without a slash at the end."""
    booking_url: str = ""
    """Where a person may book a published slot; office and slot are added to it."""
    min_client: tuple[int, int, int] = (0, 1, 0)
    """The oldest program version it still speaks with."""
    poll_after: float = 30.0
    """Seconds after which it likes to be asked again."""
    page_items: int = PAGE_ITEMS
    """Most items in a page."""
    page_bytes: int = 1024 * 1024
    """A page is closed when its items have about this many bytes."""
    wait_seconds: float = float(WAIT_SECONDS)
    """Longest time it holds an empty page back."""
    waits_per_client: int = 2
    """Held-back pages of one workstation; a further one ends the oldest."""
    workers: int = 16
    """Threads that speak with the database."""

    @property
    def token_endpoint(self) -> str:
        """Where workstations sign in; the `aud` of their assertions."""
        return f"{self.url}/oauth/token"

    @property
    def key_endpoint(self) -> str:
        """Where a workstation's key is replaced; the `aud` of the new key's proof."""
        return f"{self.url}/v1/workstation/key"

    @property
    def enrol_endpoint(self) -> str:
        """Where workstations enrol; the `aud` of their proof."""
        return f"{self.url}/v1/enroll"
