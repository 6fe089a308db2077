"""Proposed rosters: made by a solver within the rules, changed by the planner, published when right."""
