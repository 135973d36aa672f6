from django.apps import AppConfig


class Showcase(AppConfig):
    name = "gerai.showcase"
    label = "showcase"
