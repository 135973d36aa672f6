from django.apps import AppConfig


class Queue(AppConfig):
    name = "gerai.queue"
    label = "queue"
