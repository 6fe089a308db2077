"""Working groups: several municipalities make one step plan together, with remarks and decisions."""
