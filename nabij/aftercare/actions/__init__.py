"""Everything that can happen in the aftercare of an event."""
