"""The order of calling becomes a document; its numbers move into it."""

from django.db import migrations, models

NUMBERS = ("priority_in_a_row", "recalls", "return_after", "undo_seconds")


def write_documents(apps, schema_editor):
    """Write the numbers of every version into its document."""
    rules = apps.get_model("queue", "Rule")._base_manager.using(schema_editor.connection.alias)
    for rule in rules.all().iterator():
        rules.filter(pk=rule.pk).update(
            document={name: getattr(rule, name) for name in NUMBERS}
        )


def write_numbers(apps, schema_editor):
    """Write the numbers of every document back; what else it said is lost."""
    rules = apps.get_model("queue", "Rule")._base_manager.using(schema_editor.connection.alias)
    for rule in rules.all().iterator():
        said = {name: rule.document[name] for name in NUMBERS if name in rule.document}
        rules.filter(pk=rule.pk).update(**said)


class Migration(migrations.Migration):
    dependencies = [("queue", "0003_routes")]

    operations = [
        migrations.AddField(
            model_name="rule", name="document", field=models.JSONField(default=dict)
        ),
        migrations.AddField(
            model_name="lineday",
            name="ordinary_streak",
            field=models.PositiveIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="lineday", name="turns_of", field=models.PositiveIntegerField(default=0)
        ),
        migrations.AddField(
            model_name="lineday", name="shares", field=models.JSONField(default=dict)
        ),
        migrations.RunPython(write_documents, write_numbers),
    ]
