"""Nabij: gemeente en slachtofferhulp samen naast wie iets ingrijpends meemaakt."""
