"""PostgreSQL's files: made whole or not at all, private, and of the user that PostgreSQL runs as."""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from launch.spawning import Account, LaunchError

LONGEST_SOCKET = 100  # characters; Linux allows 107, some systems 103
# Sorting by code point, and upper and lower case of every script, the same on each machine.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


class Cluster:
    """The folder of one PostgreSQL, and the folder of its socket."""

    def __init__(self, home: Path, account: Account | None) -> None:
        self.home, self.account = home, account
        self.folder = home / "postgres"

    @property
    def uid(self) -> int:
        """The user that must own the files."""
        return self.account.uid if self.account else os.geteuid()

    @property
    def socket_folder(self) -> Path:
        """Beside the cluster, or elsewhere with a short name when that address is too long for a socket."""
        near = self.home / "socket"
        if len(str(near / ".s.PGSQL.65535")) <= LONGEST_SOCKET:
            return near
        name = hashlib.sha256(str(self.home).encode()).hexdigest()[:16]
        return Path(tempfile.gettempdir()) / f"nabij-{name}"

    def make_socket_folder(self) -> Path:
        """Make it, for PostgreSQL's user alone (and root)."""
        folder = self.socket_folder
        folder.mkdir(mode=0o700, exist_ok=True)
        if folder.is_symlink() or folder.stat().st_uid not in {os.geteuid(), self.uid}:
            raise LaunchError(f"{folder} belongs to another user; remove it first.")
        folder.chmod(0o700)
        self._give(folder)
        return folder

    def make(self, initdb: Path, *, admin: str, password: str, run: Callable[[list[str]], bool]) -> bool:
        """Make it beside its place and move it there when whole; a kill half-way leaves nothing broken."""
        draft, note = self.home / "postgres.new", self.home / "postgres.password"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        note.unlink(missing_ok=True)
        note.touch(mode=0o600)
        note.write_text(password)
        self._give(draft)
        self._give(note)
        command = [str(initdb), "-D", str(draft), "-U", admin, f"--pwfile={note}", "--auth=scram-sha-256"]
        done = run([*command, *LOCALE])
        note.unlink()
        if done:
            draft.rename(self.folder)
        return done

    def pid(self) -> int | None:
        """The process id of the server that runs on it, whoever started it."""
        with suppress(OSError, IndexError):
            pid = int((self.folder / "postmaster.pid").read_text().split()[0])
            return pid if pid in self._inhabitants() else None
        return None

    def wait_until_empty(self, *, seconds: float) -> None:
        """What a killed server left behind ends by itself; after that its pid file says nothing any more."""
        until = time.monotonic() + seconds
        while inhabitants := self._inhabitants():
            if time.monotonic() > until:
                raise LaunchError(f"PostgreSQL's processes {sorted(inhabitants)} hold {self.folder}.")
            time.sleep(0.05)
        (self.folder / "postmaster.pid").unlink(missing_ok=True)

    def remove(self) -> None:
        """Throw it all away."""
        for folder in (self.folder, self.home / "postgres.new", self.home / "programs", self.socket_folder):
            shutil.rmtree(folder, ignore_errors=True)

    def _inhabitants(self) -> set[int]:
        """Every process that works in the cluster's folder."""
        found = set()
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if (process / "cwd").readlink() == self.folder:
                    found.add(int(process.name))
        return found

    def _give(self, path: Path) -> None:
        if self.account:
            os.chown(path, self.account.uid, self.account.gid)
