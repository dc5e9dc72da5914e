"""Print a one-time link for somebody who lost their second factor, when no administrator can."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from breaches.access import actions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--site", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, email: str, site: str, **options: Any) -> None:
        user = User.objects.filter(username=email.lower(), is_active=True).first()
        if user is None:
            raise CommandError("Nobody has an account under this address.")
        at = timezone.now()
        count = actions.forget_second_factors(user, by=None, at=at)
        token = actions.make_entry_link(user, by=None, at=at)
        self.stdout.write(f"{count} second factors are forgotten; the audit log says so.")
        self.stdout.write("Open this link once, within 24 hours, and set up a new one:")
        self.stdout.write(f"{site}/enter/{token}/")
