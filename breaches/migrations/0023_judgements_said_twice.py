from django.db import migrations
from django.db.models import Count


def supersede(apps, schema_editor):
    """Let the latest of what one reviewer said twice of a pair stand alone."""
    rows = apps.get_model("breaches", "Judgement").objects.filter(superseded_by=None)
    rows = rows.exclude(value="REVIEW")
    twice = rows.order_by().values("candidate", "by").annotate(said=Count("pk")).filter(said__gt=1)
    for pair in list(twice):
        said = rows.filter(candidate=pair["candidate"], by=pair["by"]).order_by("at", "pk")
        *earlier, last = said.values_list("pk", flat=True)
        rows.filter(pk__in=earlier).update(superseded_by=last)


class Migration(migrations.Migration):
    dependencies = [("breaches", "0022_more_encodings")]

    operations = [migrations.RunPython(supersede, migrations.RunPython.noop)]
