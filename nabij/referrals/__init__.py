"""Referral, transfer and request for access: three different things, each with a clock and an end."""
