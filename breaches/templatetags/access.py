"""Ask in a template what the person may do: `{% if request.user|may:"log.import" %}`."""

from django import template
from django.contrib.auth.models import User

from breaches.access.gate import may as holds

register = template.Library()


@register.filter
def may(user: User, permission: str) -> bool:
    """Say whether `user` holds a role that carries `permission`."""
    return holds(user, permission)
