"""People who are helped: registrations by one sealed path, consents, wishes for contact, who may see whom."""
