"""Acting for somebody: a guardian or a helping hand, what they may, until when, stopped at once."""
