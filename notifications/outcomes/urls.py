"""Where an incident stands, below /incidents/<incident_id>/overview/."""

from django.urls import path

from notifications.outcomes import views

app_name = "outcomes"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("ledger/", views.ledger, name="ledger"),
    path("changed/", views.changed, name="changed"),
    path("changed/<uuid:pk>/", views.look_at, name="look_at"),
]
