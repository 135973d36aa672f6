from django.apps import AppConfig


class Display(AppConfig):
    name = "gerai.display"
    label = "display"
