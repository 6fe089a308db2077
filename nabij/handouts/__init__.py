"""Flyers and letters of a step: filled in from what is known already, printed, and the step is proven."""
