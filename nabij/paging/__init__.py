"""Somebody must answer by then: due moments, escalation and the engine."""
