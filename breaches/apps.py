"""What happened, who is affected, what is owed."""

from django.apps import AppConfig


class BreachesConfig(AppConfig):
    name = "breaches"
