"""Psychosocial help in a disaster (PSH): staff for the GGD, advice to the core team, the aftercare plan."""
