from django.db import migrations


def forget(apps, schema_editor):
    """Drop the marks of headings that anybody could look up in a list of names."""
    apps.get_model("breaches", "MappingProfile").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("breaches", "0024_one_judgement_stands")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
