"""Calls in a row are counted by counters that may call the same visitors, not by line."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("queue", "0006_limits_and_nights")]

    operations = [
        migrations.RemoveField(model_name="lineday", name="priority_streak"),
        migrations.RemoveField(model_name="lineday", name="ordinary_streak"),
        migrations.AddField(
            model_name="lineday", name="streaks", field=models.JSONField(default=dict)
        ),
    ]
