"""Access, below /incidents/<incident_id>/access/."""

from django.urls import path

from breaches.insiders import views

app_name = "insiders"
urlpatterns = [
    path("", views.overview, name="list"),
    path("files/new/", views.receive, name="receive"),
    path("files/<int:pk>/columns/", views.columns, name="columns"),
    path("files/<int:pk>/progress/", views.progress, name="progress"),
    path("people/", views.affected, name="affected"),
    path("people/<uuid:pk>/", views.person, name="person"),
    path("accounts/<slug:index>/", views.account, name="account"),
]
