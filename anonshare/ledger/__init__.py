"""What has left, and who was in it: a chained record without anything personal."""
