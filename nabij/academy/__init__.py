"""How staff are trained: courses, certificates and when they end, and a volunteer's way from start to end."""
