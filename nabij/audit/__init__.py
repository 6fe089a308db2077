"""What happened, and who opened what and why: two tables that nobody can rewrite."""
