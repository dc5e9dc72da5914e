"""The letters to recipients that the product brings along, to be approved like any other. Pure."""

from notifications.wording.starters import Text

RECORDS = """A file with confidential information about people was published by mistake by ((holder)). It can put lives at risk. Our records show:

* ((records))

((basis))
"""
CLOSING = """Do not use, publish or pass on what the file holds. Please do not send us the file or any part of it.

Answer in writing to ((contact_address)), or call ((contact_name)) at ((contact_phone)), with the reference ((reference)). To check that this letter is real, call that number.
"""
PRESERVATION = Text(
    "Please preserve records and forward this notice",
    f"""Dear Sir or Madam,

{RECORDS}
# What we ask

1. Preserve now, before anything else, the records that show which subscriber used this address at this time, with the source port where you keep it, and confirm in writing that you have.
2. Forward this notice to that subscriber within 24 hours, and tell us that you did. We do not ask for a name by this letter.
3. Tell us how a request for the subscriber's identity is to be served on you, and how long you keep such records.

# To the subscriber

Preserve the records that show who opened, copied or received the file. Then delete every copy, and tell us in writing which copies there were and with whom the file was shared.

# Answering

{CLOSING}""",
)
DEMAND = Text(
    "Demand to delete or return a file",
    f"""Dear Sir or Madam,

{RECORDS}
# What we ask, within 14 days of the date of this letter

1. Before you delete anything, preserve the records that show who opened, copied or received the file.
2. Then delete every copy: devices, mail, cloud, backups, prints, data made from it, models and indexes. If you are under a legal hold, seal the file away instead, and tell us.
3. State in writing, signed: who you are and by what authority you sign; when the file was obtained and last opened, and by whom; which copies there were, how each was deleted, with what tool, and when; when backups expire.
4. State whether the file was opened, copied or shared, and with whom. Please leave no question unanswered: "nobody" is an answer.
5. Say how the deletion was checked and by whom, and whether we may check again.

# Answering

{CLOSING}""",
)
REMINDER = Text(
    "Reminder: demand to delete or return a file",
    f"""Dear Sir or Madam,

We wrote to you about this file and have no answer.

{RECORDS}
# What we ask

Please answer our letter within seven days of the date of this one: which copies there are, how each was deleted, and with whom the file was shared.

# Answering

{CLOSING}""",
)
FINAL_NOTICE = Text(
    "Final notice: demand to delete or return a file",
    f"""Dear Sir or Madam,

We wrote to you twice about this file and have no answer.

{RECORDS}
# What we ask

Please answer within seven days of the date of this letter. After that our counsel decides whether to go to court or to an authority.

# Answering

{CLOSING}""",
)
TEXTS = {
    "preservation": PRESERVATION,
    "demand": DEMAND,
    "reminder": REMINDER,
    "final_notice": FINAL_NOTICE,
}
