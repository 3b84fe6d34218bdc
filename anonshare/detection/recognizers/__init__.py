"""The table of recognizers: every class of identifiers of this field, by where it stands."""
