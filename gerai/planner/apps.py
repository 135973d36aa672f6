from django.apps import AppConfig


class Planner(AppConfig):
    name = "gerai.planner"
    label = "planner"
