"""What somebody can promise after a disclosure, as codes of `Statement.about`. Pure."""

PROMISES = {
    "contact_downloaders": "contact those who downloaded it",
    "preserve": "have the records preserved",
    "get_answers": "get an answer from each",
    "get_deleted": "have every copy deleted",
    "verify": "have the deletion checked",
    "obey_orders": "obey the court's order",
    "take_down": "have copies taken off the net",
    "name_recipients": "say who has it",
}
