"""Waves of burglary or fraud: a threshold opens a campaign with letters to unique addresses."""
