"""Going into the neighbourhood together: addresses, pairs, what happened at each door, sealed wishes."""
