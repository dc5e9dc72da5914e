"""Contents page: every table of this app, in the order the data flows."""

from notifications.endings.models import Ending
from notifications.letters.models import Letter
from notifications.notices.models import Notice, NoticeOrder
from notifications.printing.models import PrintRun, RunEntry
from notifications.wording.models import Template, TemplateVersion

__all__ = [
    "Ending",
    "Letter",
    "Notice",
    "NoticeOrder",
    "PrintRun",
    "RunEntry",
    "Template",
    "TemplateVersion",
]
