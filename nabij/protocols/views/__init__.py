"""The pages of protocols, by subject."""

from nabij.protocols.views.agreeing import answer, send, waiting, withdraw, written
from nabij.protocols.views.drafts import adopt, drop, import_file, renew, renewed_example, step
from nabij.protocols.views.library import example, example_file, library
from nabij.protocols.views.reading import difference, history, municipality, protocols, version, version_file

__all__ = [
    "adopt", "answer", "difference", "drop", "example", "example_file", "history", "import_file", "library",
    "municipality", "protocols", "renew", "renewed_example", "send", "step", "version", "version_file",
    "waiting", "withdraw", "written",
]  # fmt: skip
