from django.apps import AppConfig


class Insights(AppConfig):
    name = "gerai.insights"
    label = "insights"
