"""Finding candidates for somebody who is told of, and pairs that may be one person."""

from nabij.matching.queries.candidates import Candidate, candidates

__all__ = ["Candidate", "candidates"]
