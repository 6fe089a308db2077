"""Work for many who registered: a message, a letter, or their needs to one colleague, person by person."""
