"""Keys per person and per controller: sealed fields that erasing makes unreadable, and blind indexes."""
