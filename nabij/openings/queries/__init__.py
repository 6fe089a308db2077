"""Reading the two hours and the years of a centre, by subject."""
