"""Contents page: where each room of this app is mounted."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("wording/", include("notifications.wording.urls")),
    path("incidents/<int:incident_id>/notices/", include("notifications.notices.urls")),
    path("incidents/<int:incident_id>/letters/", include("notifications.letters.urls")),
    path("incidents/<int:incident_id>/runs/", include("notifications.printing.urls")),
    path("incidents/<int:incident_id>/overview/", include("notifications.outcomes.urls")),
    path("incidents/<int:incident_id>/end/", include("notifications.endings.urls")),
]
