from django.apps import AppConfig


class Pulse(AppConfig):
    name = "gerai.pulse"
    label = "pulse"
