from django.apps import AppConfig


class Malls(AppConfig):
    name = "gerai.malls"
    label = "malls"
    verbose_name = "Mal"
