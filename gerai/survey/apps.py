from django.apps import AppConfig


class Survey(AppConfig):
    name = "gerai.survey"
    label = "survey"
