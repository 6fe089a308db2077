"""The same team as in the tests of cases."""

from nabij.cases.tests.conftest import noordwest

__all__ = ["noordwest"]
