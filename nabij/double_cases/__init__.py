"""Two cases of one person, once their registrations are one: which one goes on, or both apart."""
