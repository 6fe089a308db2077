"""The desk of a centre: registering by phone, paper, needs with clocks, questions."""
