"""How the groups of a centre end: they follow its closing, and members say whether they want to go on."""
