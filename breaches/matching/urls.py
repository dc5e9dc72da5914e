"""Matching, below /incidents/<incident_id>/people/."""

from django.urls import path

from breaches.matching import views

app_name = "matching"
urlpatterns = [
    path("", views.overview, name="list"),
    path("match/", views.start, name="start"),
    path("runs/<int:pk>/progress/", views.progress, name="progress"),
    path("find/", views.find, name="find"),
    path("review/", views.review, name="review"),
    path("review/<int:pk>/judge/", views.judge, name="judge"),
    path("review/<int:pk>/undo/", views.undo, name="undo"),
    path("<uuid:pk>/", views.person, name="person"),
]
