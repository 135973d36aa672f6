from django.apps import AppConfig


class Directory(AppConfig):
    name = "gerai.directory"
    label = "directory"
