"""Contents page: every table of this app, in the order the data flows."""

from notifications.notices.models import Notice, NoticeOrder
from notifications.wording.models import Template, TemplateVersion

__all__ = ["Notice", "NoticeOrder", "Template", "TemplateVersion"]
