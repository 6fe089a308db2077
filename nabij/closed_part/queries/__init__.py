"""Reading the closed part: who is in, who waits at the door, and what stands inside."""
