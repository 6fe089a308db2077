"""Small files with secrets that only their owner can read (mode 0600)."""

import json
import os
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path


def read_or_make(path: Path, make: Callable[[], Mapping[str, str]]) -> dict[str, str]:
    """The secrets in ``path``, made once; two processes that start together end up with the same ones."""
    if not path.exists():
        _write_once(path, json.dumps(dict(make()), indent=2))
    path.chmod(0o600)
    secrets: dict[str, str] = json.loads(path.read_text())
    return secrets


def _write_once(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()
