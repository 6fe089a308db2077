"""How often the page of a centre is read, without anybody in it, and when that says that it may close."""
