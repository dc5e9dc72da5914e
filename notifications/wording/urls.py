"""Wordings, below /wording/."""

from django.urls import path

from notifications.wording import views

app_name = "wording"
urlpatterns = [
    path("", views.overview, name="list"),
    path("install/", views.install, name="install"),
    path("<int:pk>/", views.detail, name="detail"),
    path("<int:pk>/approve/", views.approve, name="approve"),
    path("<int:pk>/send-back/", views.send_back, name="send_back"),
    path("kinds/<int:pk>/write/", views.write, name="write"),
]
