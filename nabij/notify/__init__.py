"""Contact points, safe-contact rules, messages and their delivery: nothing is sent around this app."""
