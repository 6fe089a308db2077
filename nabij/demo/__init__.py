"""Made-up municipalities and stories, and the simulated outside world for drills and tests."""
