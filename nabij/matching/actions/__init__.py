"""Keys are made, registrations compared, doubles merged and put back."""
