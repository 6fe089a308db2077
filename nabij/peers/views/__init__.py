"""The pages of members and of moderators, by subject."""
