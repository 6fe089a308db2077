"""What moderators of groups do: watch in turns, read what waits, decide, and put somebody out together."""
