from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [('blueprint', '0002_arrival_sender')]

    operations = [migrations.RemoveField(model_name='arrival', name='fingerprint')]
