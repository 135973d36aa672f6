"""The numbers of the order of calling stand in its document alone."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("queue", "0004_rule_documents")]

    operations = [
        migrations.RemoveConstraint(model_name="rule", name="rule_ratio_is_bounded"),
        migrations.RemoveField(model_name="rule", name="priority_in_a_row"),
        migrations.RemoveField(model_name="rule", name="recalls"),
        migrations.RemoveField(model_name="rule", name="return_after"),
        migrations.RemoveField(model_name="rule", name="undo_seconds"),
    ]
