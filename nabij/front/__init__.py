"""The front of the house: home, the desk, and what the house can do."""
