"""Working-time law as rules with their article: what somebody's duties and calls together may not become."""
