"""How people belong together, said once and read both ways. Pure."""

# What the other is to somebody, and what somebody is to the other.
BACK = {
    "parent": "child",
    "child": "parent",
    "spouse": "spouse",
    "partner": "partner",
    "sibling": "sibling",
    "grandparent": "grandchild",
    "grandchild": "grandparent",
    "guardian": "ward",
    "ward": "guardian",
    "household": "household",
    "other_relative": "other_relative",
}
WORDS = {
    **{kind: kind for kind in BACK},
    "ward": "somebody in their care",
    "household": "lives in the same household",
    "other_relative": "another relative",
}
CHOICES = sorted(WORDS.items(), key=lambda item: item[1])
