from django.apps import AppConfig


class Search(AppConfig):
    name = "gerai.search"
    label = "search"
