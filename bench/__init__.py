"""Figures of docs/performance.md: never a test, never a gate."""
