"""The pages of moderators and of their coordinator, by subject."""
