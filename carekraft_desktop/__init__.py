"""CareKraft Desktop: the office's side of the CareKraft marketplace, without a window."""

__version__ = "0.1.0"
