from django.apps import AppConfig


class Papers(AppConfig):
    name = "gerai.papers"
    label = "papers"
