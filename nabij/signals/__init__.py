"""Early identification: what a neighbourhood notices about a group or a place, and never a list of people."""
