"""The same people as for protocols."""

from nabij.protocols.tests.conftest import as_, place

__all__ = ["as_", "place"]
