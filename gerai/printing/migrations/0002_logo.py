from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('printing', '0001_begin'),
    ]

    operations = [
        migrations.AddField(
            model_name='sliplayout',
            name='logo',
            field=models.BinaryField(blank=True, default=b''),
        ),
    ]
