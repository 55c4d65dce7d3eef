"""Which printers put paper out, and which only write a file or send a fax (REQ-91).

The latter hand patients' data out in the clear, so they count as an export and are refused; what
is to leave as a file goes into an encrypted container.
"""

import re

_FILES = re.compile(
    r"""\b(?: pdf | xps | oxps | postscript\ to | ps\ to\ file | print\ to | to\ file | file\ printer
      | onenote | fax | evernote | snagit | docuprinter | image\ writer | scansoft | doPDF
      | cups-pdf | acrobat\ distiller | adobe\ pdf | save\ as | document\ writer | sharefax )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ADDRESSES = re.compile(r"^(?:file:|cups-pdf:|fax(?=:|$)|portprompt:|nul:|xpsport:)", re.IGNORECASE)


def writes_files(*said: str) -> bool:
    """Whether a printer's name, model or address says that no paper comes out of it."""
    plain = [text.replace("_", " ").replace("-", " ").strip() for text in said]
    named = any(_FILES.search(text) for text in (*said, *plain))
    return named or any(_ADDRESSES.match(text.strip()) for text in said)
