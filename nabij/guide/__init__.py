"""The kinds of shocking events (topics), which incident, aftercare and flyer refer to; the guide follows."""
