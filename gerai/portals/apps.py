from django.apps import AppConfig


class Portals(AppConfig):
    name = "gerai.portals"
    label = "portals"
