"""Becomes another program that ends when its parent ends, however the parent ended.

Run as ``python -I -S child.py SIGNAL PARENT UID GID PROGRAM ARGUMENTS...`` (UID and GID "-": unchanged).
Linux sends the signal when the *thread* that forked us ends, so whoever calls this does it from a thread that
lives on.
"""

import ctypes
import os
import sys

PR_SET_PDEATHSIG = 1


def main(ending: str, parent: str, uid: str, gid: str, *command: str) -> None:
    """Drop the user first and ask for the signal after that: changing user clears it."""
    if uid != "-":
        os.setgroups([])
        os.setgid(int(gid))
        os.setuid(int(uid))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(ending), 0, 0, 0)
    if os.getppid() != int(parent):
        sys.exit("the parent ended before this program began")
    os.execv(command[0], command)  # noqa: S606  (no shell, on purpose)


if __name__ == "__main__":
    main(*sys.argv[1:])
