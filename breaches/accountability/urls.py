"""Who has it and what was done about each, below /incidents/<incident_id>/recipients/."""

from django.urls import path

from breaches.accountability import views

app_name = "accountability"
urlpatterns = [
    path("", views.overview, name="list"),
    path("dates/", views.dates, name="dates"),
    path("promised/", views.promised, name="promised"),
    path("report/", views.report, name="report"),
    path("unknown/", views.unknowns, name="unknowns"),
    path("unknown/note/", views.note, name="note"),
    path("unknown/gaps/", views.note_gaps, name="gaps"),
    path("unknown/<uuid:pk>/", views.follow, name="follow"),
    path("<uuid:pk>/feared/", views.feared, name="feared"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("person/<uuid:affected_id>/", views.person, name="person"),
]
