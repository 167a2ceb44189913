from django.db import migrations

from pleinsdroits.journal import scelles


def poser(apps, schema_editor):
    scelles.poser(schema_editor.connection)


def lever(apps, schema_editor):
    scelles.lever(schema_editor.connection)


class Migration(migrations.Migration):

    dependencies = [("journal", "0001_initial")]

    operations = [migrations.RunPython(poser, lever)]
