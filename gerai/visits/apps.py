from django.apps import AppConfig


class Visits(AppConfig):
    name = "gerai.visits"
    label = "visits"
