"""Aftercare as it runs: steps with their moments, owners and proof, from the event to the evaluation."""
