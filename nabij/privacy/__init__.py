"""Why personal data are kept, for how long, and where they stand: read from what every model declares."""
