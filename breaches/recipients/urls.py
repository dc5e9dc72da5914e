"""Recipients, below /incidents/<incident_id>/recipients/."""

from django.urls import path

from breaches.recipients import views

app_name = "recipients"
urlpatterns = [
    path("", views.overview, name="list"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/describe/", views.describe, name="describe"),
    path("<uuid:pk>/demand/", views.draft, name="draft"),
    path("demands/<uuid:pk>/", views.demand, name="demand"),
    path("demands/<uuid:pk>/approve/", views.approve, name="approve"),
    path("demands/<uuid:pk>/sent/", views.sent, name="sent"),
    path("demands/<uuid:pk>/answer/", views.answer, name="answer"),
    path("person/<uuid:affected_id>/", views.person, name="person"),
]
