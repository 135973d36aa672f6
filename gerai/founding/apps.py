from django.apps import AppConfig


class Founding(AppConfig):
    name = "gerai.founding"
    label = "founding"
