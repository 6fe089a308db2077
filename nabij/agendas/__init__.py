"""Calendars of duties for a phone, behind a secret that can be revoked."""
