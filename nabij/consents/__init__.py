"""Consent that acts: what may be shared about a person, with whom, for what and until when; and what was."""
