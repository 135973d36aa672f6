import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Files on their way are held by user from now on; those held by name are sent again."""

    dependencies = [
        ('blueprint', '0001_begin'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL('DELETE FROM blueprint_arrival', migrations.RunSQL.noop),
        migrations.RemoveField(model_name='arrival', name='by_name'),
        migrations.AddField(
            model_name='arrival',
            name='sender',
            field=models.ForeignKey(default=None, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL),
            preserve_default=False,
        ),
    ]
