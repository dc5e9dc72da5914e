"""Contents page: every table of this app, in the order the data flows."""
