"""Pages of rosters: the week, one's own duties, planning."""
