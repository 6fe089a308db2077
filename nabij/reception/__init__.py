"""Reception on site: places where people are received, cards with consent, needs, counts without names."""
