"""Closing and ending, below /incidents/<incident_id>/end/."""

from django.urls import path

from notifications.endings import views

app_name = "endings"
urlpatterns = [
    path("", views.detail, name="detail"),
    path("close/", views.close, name="close"),
    path("reopen/", views.reopen, name="reopen"),
    path("ask/", views.ask, name="ask"),
    path("<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<int:pk>/confirm/", views.confirm, name="confirm"),
]
