"""A lock on an open file: one process holds it, and the system frees it when that dies."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    import msvcrt
    import time

    def take(descriptor: int, *, wait: bool) -> bool:
        """Lock an open file; say whether that worked."""
        while True:
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
                return True
            except OSError:
                if not wait:
                    return False
                time.sleep(0.2)

else:
    import fcntl

    def take(descriptor: int, *, wait: bool) -> bool:
        """Lock an open file; say whether that worked."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True
