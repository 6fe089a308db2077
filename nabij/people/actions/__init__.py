"""Everything that can happen to people: received, placed, changed, withdrawn, let in."""
