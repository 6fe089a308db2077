"""Questions from outside about somebody: one answer for all, no name, papers go to the officer."""
