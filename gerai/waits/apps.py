from django.apps import AppConfig


class Waits(AppConfig):
    name = "gerai.waits"
    label = "waits"
