"""Reading what stands inside the closed part."""
