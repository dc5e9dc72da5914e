"""The People tab: who is affected, who may be, and how each was found."""
