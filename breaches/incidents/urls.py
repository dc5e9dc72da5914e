"""Incidents, below /."""

from django.urls import path

from breaches.incidents import views

app_name = "incidents"
HERE = "incidents/<int:incident_id>"
urlpatterns = [
    path("", views.overview, name="list"),
    path("incidents/new/", views.open_incident, name="open"),
    path(f"{HERE}/", views.detail, name="detail"),
    path(f"{HERE}/edit/", views.edit, name="edit"),
    path(f"{HERE}/exposures/new/", views.add_exposure, name="add_exposure"),
    path(
        "incidents/<int:incident_id>/exposures/<int:pk>/", views.edit_exposure, name="edit_exposure"
    ),
    path(f"{HERE}/statements/new/", views.add_statement, name="add_statement"),
    path(f"{HERE}/audit/", views.audit, name="audit"),
    path(f"{HERE}/team/", views.team, name="team"),
    path(f"{HERE}/team/<int:pk>/leave/", views.leave_team, name="leave_team"),
]
