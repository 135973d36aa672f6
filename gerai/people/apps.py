from django.apps import AppConfig


class People(AppConfig):
    name = "gerai.people"
    label = "people"
