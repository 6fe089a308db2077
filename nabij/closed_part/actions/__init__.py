"""Everything that can happen at the door of the closed part and inside it."""
