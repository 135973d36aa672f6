from django.apps import AppConfig


class Newsroom(AppConfig):
    name = "gerai.newsroom"
    label = "newsroom"
    verbose_name = "Redaksi"
