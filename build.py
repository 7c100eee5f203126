#!/usr/bin/env python3
"""Print the dossiers: python3 build.py. Everything else is python3 build.py --help."""

# No newer grammar than Python 2's here, so that every Python can read the sentence below.
import sys

if sys.version_info < (3, 11):
    sys.exit(
        "press: this is Python %d.%d and the press needs 3.11 or newer; "
        "install one (python.org has them all) and run it as python3.11 build.py"
        % sys.version_info[:2]
    )

from press.setup.bootstrap import run

if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
