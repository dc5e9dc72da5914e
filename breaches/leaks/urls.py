"""Files, below /incidents/<incident_id>/files/."""

from django.urls import path

from breaches.leaks import views

app_name = "leaks"
urlpatterns = [
    path("", views.overview, name="list"),
    path("lost/", views.lost, name="lost"),
    path("new/", views.receive, name="receive"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/columns/", views.name_columns, name="name_columns"),
    path("<int:pk>/layout/", views.layout, name="layout"),
    path("<int:pk>/nameless/", views.nameless, name="nameless"),
    path("<int:pk>/problems/", views.problems, name="problems"),
]
