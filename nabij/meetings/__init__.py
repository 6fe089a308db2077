"""Residents' meetings: invitation, presence as a number, questions and one answer for all."""
