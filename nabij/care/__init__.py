"""Care for staff after heavy work: whom to speak to and when, how long to rest, and when a talk is needed."""
