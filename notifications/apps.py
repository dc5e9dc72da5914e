"""Telling them, and proving it."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
