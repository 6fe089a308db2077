"""The pages of people: registering, one's own registration, and the desk."""
