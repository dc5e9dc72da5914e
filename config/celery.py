"""The Celery application; every room's tasks are found by its file name, none by luck."""

import os
from pathlib import Path

from celery import Celery

from config import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ROOT = Path(__file__).parent.parent
ROOMS = [
    ".".join(path.parent.relative_to(ROOT).parts)
    for app_name in ("breaches", "notifications")
    for path in sorted((ROOT / app_name).glob("*/tasks.py"))
]

broker.install()
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(packages=ROOMS)
SWEEPS = (
    "breaches.leaks.tasks.sweep_files",
    "breaches.people.tasks.sweep_imports",
    "breaches.matching.tasks.sweep_runs",
    "breaches.downloads.tasks.sweep_logs",
    "breaches.insiders.tasks.sweep_access",
    "breaches.recipients.tasks.sweep_recipients",
    "breaches.clawback.tasks.sweep_cases",
    "breaches.takedowns.tasks.sweep_takedowns",
    "notifications.notices.tasks.sweep_orders",
    "notifications.notices.tasks.sweep_demands",
    "notifications.letters.tasks.sweep_letters",
    "notifications.printing.tasks.sweep_runs",
)
# A sweep that waited longer than its turn is dropped, so that a stopped worker does not come back
# to a queue full of them.
app.conf.beat_schedule = {
    name: {"task": name, "schedule": 5.0, "options": {"expires": 5.0}} for name in SWEEPS
} | {
    "sweep-deletions": {"task": "breaches.leaks.tasks.sweep_deletions", "schedule": 60.0},
    "sweep-reminders": {"task": "breaches.demands.tasks.sweep_reminders", "schedule": 60.0},
    "sweep-registry": {"task": "breaches.downloads.tasks.sweep_registry", "schedule": 60.0},
    "sweep-ended": {"task": "breaches.incidents.tasks.sweep_ended", "schedule": 60.0},
    "sweep-sessions": {"task": "breaches.access.tasks.sweep_sessions", "schedule": 3600.0},
    "drop-anchors": {"task": "breaches.audit.tasks.drop_anchors", "schedule": 3600.0},
}
