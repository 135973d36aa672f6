from django.urls import URLPattern, path

from gerai.survey.views import public as views

public: list[URLPattern] = [
    path("<slug:token>/", views.rating, name="rate"),
]
