from django.apps import AppConfig


class Notices(AppConfig):
    name = "gerai.notices"
    label = "notices"
