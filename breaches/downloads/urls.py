"""Downloads, below /incidents/<incident_id>/downloads/."""

from django.urls import path

from breaches.downloads import views

app_name = "downloads"
urlpatterns = [
    path("", views.overview, name="list"),
    path("logs/new/", views.receive, name="receive"),
    path("logs/<int:pk>/", views.detail, name="detail"),
    path("logs/<int:pk>/format/", views.read_again, name="read_again"),
    path("logs/<int:pk>/progress/", views.progress, name="progress"),
    path("<int:pk>/lines/<slug:figure>/", views.lines, name="lines"),
    path("clients/<uuid:pk>/", views.client, name="client"),
    path("lines/<uuid:pk>/decide/", views.decide, name="decide"),
    path("networks/", views.networks, name="networks"),
]
