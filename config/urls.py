"""Every address: each room gives its own list, the portals give the front doors."""

from django.urls import include, path

urlpatterns = [
    path("", include("gerai.portals.urls")),
]
