"""Everything that can happen inside the closed part."""
