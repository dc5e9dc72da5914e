"""Make the first administrator and print the one-time link by which they come in."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from breaches.access import actions
from breaches.access.models import RoleHolder
from breaches.access.rules import ADMINISTRATOR


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--site", default="http://127.0.0.1:8000")

    def handle(self, *args: Any, email: str, site: str, **options: Any) -> None:
        if RoleHolder.objects.filter(role=ADMINISTRATOR, user__is_active=True).exists():
            raise CommandError("There is an administrator already; ask them for an account.")
        at = timezone.now()
        user = User.objects.filter(username=email.lower()).first()
        user = user or actions.add_staff(email, [], by=None, at=at)
        actions.give_role(user, ADMINISTRATOR, by=None, at=at)
        token = actions.make_entry_link(user, by=None, at=at)
        self.stdout.write("Open this link once, within 24 hours, and set up a second factor:")
        self.stdout.write(f"{site}/enter/{token}/")
