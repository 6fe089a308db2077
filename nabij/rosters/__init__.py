"""Who is on duty when: duties entered by hand, and the hand-over at a change of shift."""
