"""From the posted spreadsheet to a released print run, through a real worker."""

import time

import pytest
from django.test import Client
from django.urls import resolve
from django.utils import timezone

from breaches.access.gate import roles_of
from breaches.access.rules import grants
from breaches.demands.models import Demand
from breaches.matching.models import Candidate, CandidateStatus
from breaches.vault import blind
from config.celery import app
from notifications.demo.cast import hire
from notifications.demo.figures import figures
from notifications.demo.job import STAGES, Job
from notifications.demo.material import make
from notifications.demo.opening import open_demo
from notifications.letters.models import Letter
from notifications.notices.models import Notice
from notifications.printing.models import Status
from tests.scenarios.nonsense import what_falls_over
from tests.scenarios.pages import walk


def ring(stage, job):
    """Ring the bell of a stage at most once a second, and say whether the stage is over."""
    progress = stage.progress(job)
    if not progress.is_over and time.monotonic() - ring.last > 1:
        app.send_task(stage.bell)
        ring.last = time.monotonic()
    return progress.is_over


ring.last = 0.0


@pytest.fixture
def job(worker, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    material = make(40, 3)
    cast = hire(at=timezone.now())
    incident = open_demo(cast, len(material.workbook), "0" * 64, at=timezone.now())
    job = Job(incident, cast, material)
    for stage in STAGES:
        stage.start(job, timezone.now())
        if stage.progress:
            worker.wait_until(lambda stage=stage: ring(stage, job), seconds=90)
    return job


def test_the_job_is_done_and_adds_up(job):
    run = job.incident.runs.get()
    notices = Notice.objects.filter(incident=job.incident)

    assert run.status == Status.RELEASED
    assert run.frozen_by != run.released_by
    assert run.letters == Letter.objects.filter(notice__in=notices.filter(status="READY")).count()
    assert notices.count() == job.incident.affected.count()
    assert all(demand.author != demand.approved_by for demand in Demand.objects.all())
    assert dict(figures(job.incident))["rows"] == "40"
    _no_rule_confirms_the_wrong_person(job)
    _nobody_is_offered_what_is_refused(job)
    _no_nonsense_is_answered_by_a_500(job)


def _no_rule_confirms_the_wrong_person(job):
    key_of = {
        row: blind.index("register", "key", client) for row, client in job.material.truth.items()
    }
    by_rule = Candidate.objects.filter(status=CandidateStatus.CONFIRMED, is_judged=False)
    pairs = by_rule.values_list("row__row_number", "person__key")

    assert len(pairs) > 30
    assert all(key_of[row] == key for row, key in pairs)


def _nobody_is_offered_what_is_refused(job):
    for user in job.cast:
        roles = roles_of(user)
        for path, answer, forms in walk(signed_in(user)):
            assert answer.status_code == 200, f"{user} is led to {path}: {answer.status_code}"
            for form in forms:
                permission = getattr(resolve(form.action).func, "permission", None)
                is_theirs = not permission or grants(roles, permission)
                assert is_theirs, f"{user} is offered {form.action} on {path}"


def _no_nonsense_is_answered_by_a_500(job):
    found = what_falls_over(signed_in(job.cast.lead))

    assert not found, "\n".join(found)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client
