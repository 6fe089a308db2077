"""The rules of the house and the journeys: what no single app can test."""
