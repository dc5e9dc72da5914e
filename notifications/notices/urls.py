"""Notices, below /incidents/<incident_id>/notices/."""

from django.urls import path

from notifications.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.held, name="list"),
    path("prepare/", views.prepare, name="prepare"),
    path("orders/<int:pk>/", views.order, name="order"),
    path("demands/<uuid:pk>/", views.demand, name="demand"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/resolve/", views.resolve, name="resolve"),
    path("<uuid:pk>/exclude/", views.exclude, name="exclude"),
    path("<uuid:pk>/take-back/", views.take_back, name="take-back"),
]
