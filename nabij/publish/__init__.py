"""Public pages, rendered to a folder that is served without Django's database."""
