"""Starts everything Nabij needs on one machine: its own PostgreSQL, the secrets, and the processes."""
