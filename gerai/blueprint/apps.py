from django.apps import AppConfig


class Blueprint(AppConfig):
    name = "gerai.blueprint"
    label = "blueprint"
