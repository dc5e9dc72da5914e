"""Bring in the English and Spanish texts, to be approved by a second person."""

from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from notifications.wording import actions


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the member of staff who answers for the texts")

    def handle(self, *args: Any, email: str, **options: Any) -> None:
        author = User.objects.filter(username=email.lower(), is_active=True).first()
        if author is None:
            raise CommandError("There is no such member of staff.")
        new = actions.install_starters(by=author, at=timezone.now())
        new += actions.install_demands(by=author, at=timezone.now())
        self.stdout.write(f"{len(new)} texts brought in; each waits for a second person.")
