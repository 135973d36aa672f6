from django.apps import AppConfig


class Front(AppConfig):
    name = "gerai.front"
    label = "front"
