"""Everything that can happen to a reader of news who did not register."""

from nabij.news_readers.actions.asking import confirm_reader, mail_links, store_asks
from nabij.news_readers.actions.ending import end_readers, erase_addresses, forget_unconfirmed, stop_reader

__all__ = [
    "confirm_reader", "end_readers", "erase_addresses", "forget_unconfirmed", "mail_links", "stop_reader",
    "store_asks",
]  # fmt: skip
