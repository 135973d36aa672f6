"""Signing in."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignIn(forms.Form):
    """User name and password."""

    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True}),
    )
    password = forms.CharField(
        label=_("Kata sandi"),
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
