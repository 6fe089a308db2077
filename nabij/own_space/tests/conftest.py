"""The same team, with one person who is helped and can come in."""

from nabij.cases.tests.conftest import noordwest

__all__ = ["noordwest"]
