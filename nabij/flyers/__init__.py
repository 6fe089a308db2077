"""Flyers and letters: templates in every language, approved by both organisations, as PDF."""
