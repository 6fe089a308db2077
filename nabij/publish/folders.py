"""Release folders: written beside the live one, made durable, and swapped in with one rename."""

import gzip
import os
import shutil
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from nabij import settings

KEPT = 2  # the former one for readers in it; a withdrawn text so leaves the disk with the next release
CURRENT, UNFINISHED, MANIFEST = "current", ".unfinished", ".pages.json"
AT_ONCE = 8  # folders that are made durable beside each other: each waits for the disk


def releases_folder() -> Path:
    """Where releases lie; web processes read it, the worker writes it."""
    return settings.ENV.data_dir / "releases"


def file_of(path: str) -> str:
    """The file of a page address, relative to its release: `/iac/x/` is `iac/x/index.html`."""
    return path.lstrip("/") + "index.html" if path.endswith("/") else path.lstrip("/")


def manifest_of(folder: Path, number: int) -> Path:
    """The file beside a release that says how each page was made; never served."""
    return folder / f"{number}{MANIFEST}"


def next_number(folder: Path) -> int:
    """One more than the newest release folder, finished or not."""
    numbers = [each.name.removesuffix(UNFINISHED) for each in folder.iterdir()] if folder.is_dir() else []
    return 1 + max((int(name) for name in numbers if name.isdigit()), default=0)


def write_release(
    folder: Path,
    number: int,
    texts: dict[str, str],
    kept: Iterable[str] = (),
    manifest: str = "",
    *,
    clears: bool = True,
) -> None:
    """Write all texts (by page address) as release `number` and make it the current one.

    The pages at `kept` stay as they are in the current release. Until the last rename readers keep the former
    release, also when this process is killed half-way. What an earlier try at this number left goes first;
    old releases go at the end, unless the next one `clears` them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    unfinished = folder / f"{number}{UNFINISHED}"
    shutil.rmtree(unfinished, ignore_errors=True)
    if current_number(folder) != number:
        shutil.rmtree(folder / str(number), ignore_errors=True)
    before = folder / CURRENT
    for path, text in texts.items():
        name = file_of(path)
        _write(unfinished / name, text.encode(), before / name)
    for name in map(file_of, kept):
        _share(before / name, unfinished / name)
    unfinished.mkdir(exist_ok=True)
    if manifest:
        _write_durably(manifest_of(folder, number), manifest.encode())
    with ThreadPoolExecutor(AT_ONCE) as threads:
        inside = [each for each in unfinished.rglob("*") if each.is_dir()]
        list(threads.map(_make_durable, [*inside, unfinished]))
    unfinished.rename(folder / str(number))
    _point_to(folder, number)
    if clears:
        _clear(folder, number)


def texts_of(release: Path) -> dict[str, str]:
    """All texts of a finished release by page address."""
    files = [Path(str(twin).removesuffix(".gz")) for twin in release.rglob("*.gz")]
    return {_address_of(file.relative_to(release)): file.read_text(encoding="utf-8") for file in files}


def _address_of(file: Path) -> str:
    return "/" + file.as_posix().removesuffix("index.html")


def current_number(folder: Path) -> int:
    """The number of the release that readers get here; 0 before the first."""
    try:
        return int((folder / CURRENT).resolve(strict=True).name)
    except FileNotFoundError:
        return 0


def former_text(folder: Path, path: str) -> str | None:
    """What the current release says at this address; None when it has no such page."""
    try:
        return (folder / CURRENT / file_of(path)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None


def _write(target: Path, content: bytes, before: Path) -> None:
    """The file and its compressed twin; an unchanged page shares the bytes that are on the disk already."""
    twin, twin_before = Path(f"{target}.gz"), Path(f"{before}.gz")
    if before.is_file() and twin_before.is_file() and before.read_bytes() == content:
        _share(before, target)
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_durably(target, content)
    _write_durably(twin, gzip.compress(content, 6, mtime=0))


def _share(before: Path, target: Path) -> None:
    """The bytes that are on the disk already, once more under this name, and those of its twin."""
    target.parent.mkdir(parents=True, exist_ok=True)
    os.link(before.resolve(), target)
    os.link(Path(f"{before}.gz").resolve(), f"{target}.gz")


def _write_durably(file: Path, content: bytes) -> None:
    with file.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())


def _make_durable(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _point_to(folder: Path, number: int) -> None:
    fresh = folder / f"{CURRENT}.new"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(str(number), target_is_directory=True)
    _make_durable(folder)
    fresh.replace(folder / CURRENT)
    _make_durable(folder)


def _clear(folder: Path, newest: int) -> None:
    """Keep the newest releases; what a killed writer left, and what is old, goes."""
    for each in folder.iterdir():
        number = each.name.removesuffix(UNFINISHED).removesuffix(MANIFEST)
        if not number.isdigit():
            continue
        if each.name.endswith(MANIFEST):
            if int(number) < newest:
                each.unlink(missing_ok=True)
        elif each.name.endswith(UNFINISHED) or int(number) <= newest - KEPT:
            shutil.rmtree(each, ignore_errors=True)
