from django.urls import URLPattern

phone: list[URLPattern] = []
kiosk: list[URLPattern] = []
greeter: list[URLPattern] = []
desk: list[URLPattern] = []
supervisor: list[URLPattern] = []
