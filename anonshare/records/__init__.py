"""Tables in and out: readers, writers without residue."""
