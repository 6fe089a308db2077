"""The affected council of a centre: people who went through it read along and comment; editors answer."""
