"""The Celery application; every room's tasks are found by its file name, none by luck."""

import os
from pathlib import Path

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

ROOT = Path(__file__).parent.parent
ROOMS = [
    ".".join(path.parent.relative_to(ROOT).parts)
    for app_name in ("breaches", "notifications")
    for path in sorted((ROOT / app_name).glob("*/tasks.py"))
]

app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(packages=ROOMS)
app.conf.beat_schedule = {
    "sweep-files": {"task": "breaches.leaks.tasks.sweep_files", "schedule": 5.0},
    "sweep-imports": {"task": "breaches.people.tasks.sweep_imports", "schedule": 5.0},
    "sweep-match-runs": {"task": "breaches.matching.tasks.sweep_runs", "schedule": 5.0},
    "sweep-notice-orders": {"task": "notifications.notices.tasks.sweep_orders", "schedule": 5.0},
    "sweep-logs": {"task": "breaches.downloads.tasks.sweep_logs", "schedule": 5.0},
    "sweep-recipients": {"task": "breaches.recipients.tasks.sweep_recipients", "schedule": 5.0},
    "sweep-letters": {"task": "notifications.letters.tasks.sweep_letters", "schedule": 5.0},
    "sweep-runs": {"task": "notifications.printing.tasks.sweep_runs", "schedule": 5.0},
    "drop-anchors": {"task": "breaches.audit.tasks.drop_anchors", "schedule": 3600.0},
}
