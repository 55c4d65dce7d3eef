"""Where the bundled program begins: the command line of `python -m carekraft_desktop`."""

import sys

from carekraft_desktop.__main__ import main

sys.exit(main())
