"""Contents page: the two apps and the sign-in pages."""

from django.urls import include, path

urlpatterns = [
    path("account/", include("allauth.urls")),
    path("", include("breaches.urls")),
    path("", include("notifications.urls")),
]
