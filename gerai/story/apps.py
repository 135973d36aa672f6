from django.apps import AppConfig


class Story(AppConfig):
    name = "gerai.story"
    label = "story"
