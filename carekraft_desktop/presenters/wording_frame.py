"""What is around the pages, in words."""

from typing import Final

PAGE: Final = "Page"
"""What a screen reader calls the place in which a page lies."""
