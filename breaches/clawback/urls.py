"""Cases, below /incidents/<incident_id>/recipients/."""

from django.urls import path

from breaches.clawback import views

app_name = "clawback"
urlpatterns = [
    path("cases/<int:pk>/sort/", views.classify, name="classify"),
    path("cases/<int:pk>/steps/<slug:event>/", views.step, name="step"),
    path("proposals/<uuid:pk>/confirm/", views.confirm, name="confirm"),
    path("proposals/<uuid:pk>/decline/", views.decline, name="decline"),
]
