"""Who gets the news of a centre by e-mail without registering: an address, confirmed by one button."""
