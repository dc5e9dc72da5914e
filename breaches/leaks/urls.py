"""Files, below /incidents/<incident_id>/files/."""

from django.urls import path

from breaches.leaks.views import files, retention, versions

app_name = "leaks"
urlpatterns = [
    path("", files.overview, name="list"),
    path("lost/", files.lost, name="lost"),
    path("new/", files.receive, name="receive"),
    path("<int:pk>/", files.detail, name="detail"),
    path("<int:pk>/progress/", files.progress, name="progress"),
    path("<int:pk>/columns/", files.name_columns, name="name_columns"),
    path("<int:pk>/changes/", versions.changes, name="changes"),
    path("<int:pk>/keeping/", retention.keeping, name="keeping"),
    path("<int:pk>/keeping/hold/", retention.hold, name="hold"),
    path("<int:pk>/keeping/delete/", retention.delete, name="delete"),
    path("<int:pk>/layout/", files.layout, name="layout"),
    path("<int:pk>/nameless/", files.nameless, name="nameless"),
    path("<int:pk>/problems/", files.problems, name="problems"),
]
