"""The register, below /register/."""

from django.urls import path

from breaches.people import views

app_name = "people"
urlpatterns = [
    path("", views.register, name="register"),
    path("new/", views.receive, name="receive"),
    path("imports/<int:pk>/", views.register_import, name="import"),
    path("imports/<int:pk>/progress/", views.progress, name="progress"),
    path("find/", views.find, name="find"),
    path("people/<uuid:pk>/", views.person, name="person"),
]
