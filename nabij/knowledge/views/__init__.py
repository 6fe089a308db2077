"""The pages of shared knowledge, by subject."""

from nabij.knowledge.views.articles import article, articles, change, check, write
from nabij.knowledge.views.districts import briefed, district, districts, name_district
from nabij.knowledge.views.doors import check_door, doors, stale, watch_door

__all__ = [
    "article", "articles", "briefed", "change", "check", "check_door", "district", "districts", "doors",
    "name_district", "stale", "watch_door", "write",
]  # fmt: skip
