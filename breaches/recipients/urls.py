"""Recipients, below /incidents/<incident_id>/recipients/; their pages are in accountability."""

from django.urls import path

from breaches.recipients import views

app_name = "recipients"
urlpatterns = [
    path("add/", views.add, name="add"),
    path("<uuid:pk>/edit/", views.edit, name="edit"),
    path("<uuid:pk>/describe/", views.describe, name="describe"),
    path("<uuid:pk>/risk/", views.risk, name="risk"),
    path("<uuid:pk>/contact/", views.contact, name="contact"),
    path("contacts/<uuid:pk>/verify/", views.verify, name="verify"),
    path("<uuid:pk>/copy/", views.copy, name="copy"),
]
