"""Files that a page asks for: held in memory for that one page, never on disk; a larger one is read past."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.urls import Resolver404, resolve

View = TypeVar("View", bound=Callable[..., Any])


def takes_file(most: int) -> Callable[[View], View]:
    """Mark a view that takes a form with a file: at most so many bytes together."""

    def mark(view: View) -> View:
        view.takes_file = most  # type: ignore[attr-defined]
        return view

    return mark


def most_bytes(request: HttpRequest) -> int:
    """How many bytes the page of this request takes; the usual number when it does not say."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        view = None
    return int(getattr(view, "takes_file", settings.FILE_UPLOAD_MAX_MEMORY_SIZE))


def is_too_large(request: HttpRequest) -> bool:
    """Whether what was sent is larger than this page takes, so that its file was read past."""
    return int(request.META.get("CONTENT_LENGTH") or 0) > most_bytes(request)


class BoundedMemory(MemoryFileUploadHandler):
    """Holds a file in memory when its page takes so much; nothing of it ever touches the disk."""

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, *rest: Any) -> None:
        """Decide by the length of the whole form, before a byte is read."""
        asked = self.request
        self.activated = content_length <= (
            most_bytes(asked) if asked else settings.FILE_UPLOAD_MAX_MEMORY_SIZE
        )
