from django.apps import AppConfig


class Live(AppConfig):
    name = "gerai.live"
    label = "live"
