"""What is done to a value: one operator a file."""
