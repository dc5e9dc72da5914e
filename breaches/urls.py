"""Contents page: where each room of this app is mounted."""

from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("breaches.access.urls")),
    path("", include("breaches.incidents.urls")),
    path("incidents/<int:incident_id>/files/", include("breaches.leaks.urls")),
    path("register/", include("breaches.people.urls")),
    path("incidents/<int:incident_id>/people/", include("breaches.matching.urls")),
    path("incidents/<int:incident_id>/downloads/", include("breaches.downloads.urls")),
    path("incidents/<int:incident_id>/access/", include("breaches.insiders.urls")),
    path("incidents/<int:incident_id>/recipients/", include("breaches.recipients.urls")),
    path("incidents/<int:incident_id>/recipients/", include("breaches.clawback.urls")),
    path("incidents/<int:incident_id>/recipients/", include("breaches.demands.urls")),
    path("incidents/<int:incident_id>/recipients/orders/", include("breaches.orders.urls")),
    path("incidents/<int:incident_id>/recipients/takedowns/", include("breaches.takedowns.urls")),
    path("incidents/<int:incident_id>/recipients/", include("breaches.accountability.urls")),
]
