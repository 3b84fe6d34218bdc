"""Batches mapped, codes given, persons counted."""
