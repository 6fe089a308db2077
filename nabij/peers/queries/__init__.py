"""What is read in the groups: by members, by moderators, and by what finds people who fit."""
