"""Shocking events, the requests for help that belong to them, and what happened when."""
