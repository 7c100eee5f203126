"""Other people's tools: pip, venv and apt-get, run quietly, with their words kept in a log."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from press.base.filelock import take

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SPACE_NEEDED = 900_000_000
"""Bytes: some 650 million for the packages, and room for pip to unpack them."""

DISPLACING = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_DRY_RUN")
"""A user's settings for pip that would put packages elsewhere. Proxies and mirrors are kept."""


class SetupError(Exception):
    """The machine cannot be made ready; the message says why and what to do about it."""


def say(sentence: str) -> None:
    """Print one line of progress, or of bad news, on stderr."""
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


@contextmanager
def alone(root: Path) -> Iterator[None]:
    """Hold the lock that one run at a time can hold; the system frees it when a run dies."""
    try:
        handle = (root / ".venv.lock").open("a")
    except OSError as error:
        raise SetupError(unwritable(error, root)) from error
    with handle:
        if not take(handle.fileno(), wait=False):
            say("another run is preparing the environment; waiting for it ...")
            take(handle.fileno(), wait=True)
        yield


def run(command: Sequence[str], log: Path, **variables: str) -> None:
    """Run a tool quietly, its words kept in `log`; raise SetupError where it fails.

    On a terminal, a line counts the packages as pip collects them.
    """
    import subprocess

    environ = {k: v for k, v in os.environ.items() if k not in DISPLACING} | variables
    with log.open("ab") as record:
        record.write(f"$ {' '.join(command)}\n".encode())
        record.flush()
        begin, collected = record.tell(), 0
        with subprocess.Popen(  # our own command line
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environ,
        ) as process:
            for line in process.stdout or ():
                record.write(line)
                if line.startswith(b"Collecting ") and sys.stderr.isatty():
                    collected += 1
                    sys.stderr.write(f"\r  {collected} packages\033[K")
                    sys.stderr.flush()
        if collected:
            sys.stderr.write("\r\033[K")
    if process.returncode != 0:
        with log.open("rb") as record:
            record.seek(begin)
            words = record.read().decode("utf-8", "replace")
        raise SetupError(f"{diagnosis(words)}\n  what was tried and said is in {log}")


DIAGNOSES = (
    (
        r"DO NOT MATCH THE HASHES",
        "a downloaded package is not the one that requirements.lock names: its hash differs; "
        "try once more, and if it stays so, whatever stands between you and the package index "
        "changes files: ask who runs it",
    ),
    (
        r"No space left on device|Errno 28|not enough space",
        f"the disk is full; free {SPACE_NEEDED // 10**6} MB and run this again",
    ),
    (
        r"Read-only file system|Permission denied|Access is denied",
        "this folder cannot be written to; move it to where you may write and run this again",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError|SSLCertVerification",
        "the package index's certificate is not trusted here; behind a proxy that signs its own, "
        "name its certificate in PIP_CERT and run this again",
    ),
    (
        r"NewConnectionError|NameResolutionError|name resolution|Max retries exceeded|ProxyError"
        r"|Read timed out|ReadTimeout|ConnectTimeout|Connection ?(?:Error|refused|reset|aborted)"
        r"|Network is unreachable|Temporary failure|Could not (?:resolve|connect)",
        "the packages cannot be fetched: no connection; "
        "check the network (and HTTPS_PROXY, if you use a proxy) and run this again",
    ),
    (
        r"no such option",
        "this Python's pip is too old; use a newer Python, from 3.11 on",
    ),
    (
        r"No matching distribution found|Could not find a version|not a supported wheel",
        "a package has no ready-made build for this Python or this system; "
        "use CPython 3.11 to 3.14, 64-bit, on Linux, Windows or macOS 14 and later",
    ),
    (
        r"Unable to locate package|has no installation candidate",
        "this system's package lists do not have the libraries the press needs",
    ),
)
"""What a tool's words give away, most certain first, and the remedy."""


def diagnosis(words: str) -> str:
    """Return cause and remedy in one sentence, from what a failed tool printed."""
    for pattern, sentence in DIAGNOSES:
        if re.search(pattern, words):
            return sentence
    faults = re.findall(r"^(?:ERROR|E|Error|\w*Error): ?(.+)$", words, re.MULTILINE)
    return f"the environment could not be prepared: {faults[-1] if faults else 'a tool failed'}"


def unwritable(error: OSError, root: Path) -> str:
    """Return the sentence for a folder that would not take what was to be written."""
    import errno

    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"the disk that holds {root} is full; free some space and run this again"
    return (
        f"the environment cannot be written to {root} ({error.strerror}); move the folder to "
        "where you may write, or run this from an environment that has what requirements.lock names"
    )
