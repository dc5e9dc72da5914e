"""Copies on the net, below /incidents/<incident_id>/recipients/takedowns/."""

from django.urls import path

from breaches.takedowns import views

app_name = "takedowns"
urlpatterns = [
    path("", views.overview, name="list"),
    path("add/", views.add, name="add"),
    path("seen/", views.seen, name="seen"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/ask/", views.ask, name="ask"),
    path("<uuid:pk>/look/", views.look, name="look"),
]
