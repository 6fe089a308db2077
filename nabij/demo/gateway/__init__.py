"""A simulated SMS and voice gateway with a mail sink: the phones of the fictional staff."""
