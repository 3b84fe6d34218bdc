"""Counts in, verdicts and recipes out: privacy models, local recoding and protected tables."""
