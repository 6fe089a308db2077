"""The two hours and the years of a centre: checklist, tests, phases, board, closing."""
