"""Makes what an office installs: a folder with the program, its licences, and an archive or installer.

`python3 dev.py package` runs it. It needs the system it builds for: a Windows folder is made on
Windows, a macOS program on a Mac.
"""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OUT = ROOT / "dist"
"""What is handed out."""
WORK = ROOT / "build"
"""What is only needed meanwhile."""

PROGRAM = "carekraft-desktop"
"""The program on the command line, and the folder."""
TITLE = "CareKraft Desktop"
"""What people call it."""
IDENTIFIER = "com.example.carekraft.desktop"
"""For macOS; whoever publishes the program puts their own name in its place."""
