"""What may go wrong in front of a user.

Refused               an anticipated refusal; its text may be shown as it is
└── the children live beside the action that raises them

Anything else is a defect and travels up untouched.
"""


class Refused(Exception):
    """Nothing was done, and the text says why and what to do."""
