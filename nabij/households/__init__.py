"""Families and households as a map: ties, who is approached apart, through whom a child is reached."""
