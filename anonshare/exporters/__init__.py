"""What an agency takes out of a verified bundle, one format a file; every export carries the sender's conditions."""
