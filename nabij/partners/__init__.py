"""Partners of a safety region: who is reached now, who knows them, what was agreed, when we last spoke."""
