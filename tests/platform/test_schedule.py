"""Whatever waits in a table is swept."""

from config.celery import ROOMS, app


def test_every_sweep_is_on_the_clock():
    app.loader.import_default_modules()
    sweeps = {name for name in app.tasks if ".tasks.sweep_" in name}
    scheduled = {entry["task"] for entry in app.conf.beat_schedule.values()}

    assert sweeps <= scheduled
    assert scheduled <= set(app.tasks)


def test_every_folder_with_tasks_is_known_to_the_worker():
    app.loader.import_default_modules()
    folders = {name.rpartition(".tasks.")[0] for name in app.tasks if not name.startswith("celery")}

    assert folders == set(ROOMS)
