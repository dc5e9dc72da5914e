"""Background work runs in a real worker, on the database that the test looks at."""

import pytest

from breaches.audit.tasks import drop_anchors
from tests.factories import make_incident


def test_a_worker_does_the_work(worker, settings):
    make_incident()

    drop_anchors.delay()

    worker.wait_until(lambda: settings.ANCHOR_FILE.exists() and settings.ANCHOR_FILE.read_text())


def test_a_killed_worker_comes_back_and_goes_on(worker, settings):
    worker.kill()
    make_incident()
    settings.ANCHOR_FILE.unlink(missing_ok=True)

    drop_anchors.delay()
    worker.start(concurrency=1)

    worker.wait_until(settings.ANCHOR_FILE.exists)


def test_a_dead_worker_fails_the_wait_at_once(worker):
    worker.kill()

    with pytest.raises(pytest.fail.Exception, match="waited in vain"):
        worker.wait_until(lambda: False, seconds=600)
