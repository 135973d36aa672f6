from django.apps import AppConfig


class Website(AppConfig):
    name = "gerai.website"
    label = "website"
    verbose_name = "Situs mal"
