from django.db import migrations, models


class Migration(migrations.Migration):
    # Apart from 0023: PostgreSQL makes no index in a transaction that has just changed the rows.
    dependencies = [("breaches", "0023_judgements_said_twice")]

    operations = [
        migrations.AddConstraint(
            model_name="judgement",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("superseded_by", None), models.Q(("value", "REVIEW"), _negated=True)
                ),
                fields=("candidate", "by"),
                name="judgement_one_that_stands",
            ),
        ),
    ]
