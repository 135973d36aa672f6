from django.apps import AppConfig


class Ui(AppConfig):
    name = "gerai.ui"
    label = "ui"
    verbose_name = "Tampilan"
