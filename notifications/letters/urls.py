"""Letters, below /incidents/<incident_id>/letters/."""

from django.urls import path

from notifications.letters import views

app_name = "letters"
urlpatterns = [
    path("", views.overview, name="list"),
    path("order/", views.order, name="order"),
    path("progress/", views.progress, name="progress"),
    path("find/", views.find, name="find"),
    path("demands/<uuid:pk>/", views.demand, name="demand"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/picture/", views.picture, name="picture"),
    path("<uuid:pk>/pdf/", views.download, name="pdf"),
]
