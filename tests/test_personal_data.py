"""Whatever text a table holds in clear is declared to be harmless; all else is sealed."""

import pytest
from django.apps import apps
from django.db import models

TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
MODELS = [
    model for app in ("breaches", "notifications") for model in apps.get_app_config(app).get_models(
        include_auto_created=False
    )
]  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_clear_text_is_declared(model):
    texts = {field.name for field in model._meta.get_fields() if isinstance(field, TEXTS)}

    assert texts <= model.CLEAR
    assert {name for name in model.CLEAR if name not in texts} == set()
