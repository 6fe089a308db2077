"""The spool: sealed submissions on disk, safe before they are acknowledged, whatever else is away."""
