"""Information and advice centres (IAC): commissioned, filled by two pairs of eyes, live within two hours."""
