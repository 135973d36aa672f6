from django.apps import AppConfig


class Printing(AppConfig):
    name = "gerai.printing"
    label = "printing"
