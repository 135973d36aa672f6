from django.urls import URLPattern, path

from gerai.planner import views

supervisor: list[URLPattern] = [
    path("", views.home, name="home"),
    path("antrean/", views.from_tickets, name="from_tickets"),
    path("perkiraan/", views.from_guess, name="from_guess"),
    path("rumus/", views.formula, name="formula"),
    path("<int:plan_id>/", views.plan, name="plan"),
    path("<int:plan_id>/hapus/", views.remove, name="remove"),
]
advice: list[URLPattern] = [
    path("", views.advice, name="home"),
    path("hitung/", views.ask_advice, name="ask"),
]
