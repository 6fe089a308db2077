"""Serving the current release straight from memory: no Django, no database, no cookie."""

import hashlib
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from nabij import settings
from nabij.publish.counting import VisitCounter, is_counted
from nabij.publish.folders import CURRENT, releases_folder

LOOK_AGAIN = 0.2  # seconds between two looks at which release is current
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml; charset=utf-8",
    ".json": "application/json; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
HEADERS = [
    ("Cache-Control", "public, max-age=1"),
    ("Content-Security-Policy", _POLICY),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()",
    ),
    ("Referrer-Policy", "same-origin"),
    ("Vary", "Accept-Encoding"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
]
if settings.IS_PRODUCTION:
    HEADERS.append(("Strict-Transport-Security", "max-age=63072000; includeSubDomains"))


@dataclass(frozen=True)
class Served:
    """One page, ready to be sent: its bytes plain and compressed, its type and its mark."""

    plain: bytes
    compressed: bytes
    content_type: str
    mark: str
    file: tuple[int, int, int]
    is_counted: bool = False


def _load(release: Path, known: dict[str, Served]) -> dict[str, Served]:
    """All pages of a release by address; what shares its file with a `known` page is not read again."""
    pages = {}
    for twin in release.rglob("*.gz"):
        file = twin.with_suffix("")
        about = file.stat()
        which = (about.st_ino, about.st_mtime_ns, about.st_size)
        path = "/" + file.relative_to(release).as_posix()
        path = path.removesuffix("index.html") if file.name == "index.html" else path
        before = known.get(path)
        if before is not None and before.file == which:
            pages[path] = before
            continue
        plain = file.read_bytes()
        mark = hashlib.sha256(plain).hexdigest()[:32]
        pages[path] = Served(plain, twin.read_bytes(), _TYPES[file.suffix], mark, which, is_counted(path))
    return pages


class CurrentRelease:
    """The pages of the release that `current` points to; a new release is taken in as a whole."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder
        self._pages: dict[str, Served] = {}
        self._loaded: Path | None = None
        self._looked_at = float("-inf")
        self._one_loads = Lock()

    def pages(self) -> dict[str, Served]:
        """All pages by address; while one thread takes in a new release, others go on with the former."""
        now = time.monotonic()
        if now - self._looked_at >= LOOK_AGAIN and self._one_loads.acquire(blocking=self._loaded is None):
            try:
                self._look()
                self._looked_at = time.monotonic()
            finally:
                self._one_loads.release()
        return self._pages

    def _look(self) -> None:
        folder = self._folder or releases_folder()
        try:
            release = (folder / CURRENT).resolve(strict=True)
            if release != self._loaded:
                self._pages, self._loaded = _load(release, self._pages), release
        except OSError:
            return  # no release yet, or it was replaced while it was read: the next look settles it


def serve_release_first(
    app: WSGIApplication, folder: Path | None = None, *, visits: VisitCounter | None = None
) -> WSGIApplication:
    """Answer GET and HEAD from the current release; all else goes to `app`. A query is ignored.

    Who reads a page of which visits are counted is one more in `visits`.
    """
    current = CurrentRelease(folder)

    def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return app(environ, start_response)
        path = environ.get("PATH_INFO") or "/"
        pages = current.pages()
        page = pages.get(path)
        if page is not None:
            if page.is_counted and visits is not None and environ["REQUEST_METHOD"] == "GET":
                visits.count(path, environ)
            return _send(page, environ, start_response)
        spoken = path.lower().rstrip("/") + "/"
        if spoken != path and spoken in pages:
            start_response(
                "308 Permanent Redirect", [*HEADERS, ("Location", spoken), ("Content-Length", "0")]
            )
            return []
        return app(environ, start_response)

    return application


def _send(page: Served, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
    is_compressed = _takes_gzip(environ.get("HTTP_ACCEPT_ENCODING", ""))
    mark = f'"{page.mark}{"-gz" if is_compressed else ""}"'
    headers = [*HEADERS, ("ETag", mark)]
    if _knows(environ.get("HTTP_IF_NONE_MATCH", ""), mark):
        start_response("304 Not Modified", headers)
        return []
    body = page.compressed if is_compressed else page.plain
    if is_compressed:
        headers.append(("Content-Encoding", "gzip"))
    headers += [("Content-Type", page.content_type), ("Content-Length", str(len(body)))]
    start_response("200 OK", headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]


def _takes_gzip(accepted: str) -> bool:
    """Whether the browser takes gzip: named (or `*`), and not with a weight of 0."""
    weights = {}
    for offer in accepted.lower().split(","):
        name, _, weight = offer.strip().partition(";")
        weights[name.strip()] = weight.replace(" ", "").removeprefix("q=").rstrip("0.") != "" or not weight
    return weights.get("gzip", weights.get("*", False))


def _knows(known: str, mark: str) -> bool:
    """Whether the browser already has the page that carries this mark."""
    return known.strip() == "*" or mark in {each.strip().removeprefix("W/") for each in known.split(",")}
