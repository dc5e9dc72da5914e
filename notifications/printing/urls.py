"""Print runs, below /incidents/<incident_id>/runs/."""

from django.urls import path

from notifications.printing import views

app_name = "printing"
urlpatterns = [
    path("", views.overview, name="list"),
    path("freeze/", views.freeze, name="freeze"),
    path("<int:number>/", views.detail, name="detail"),
    path("<int:number>/progress/", views.progress, name="progress"),
    path("<int:number>/release/", views.release, name="release"),
    path("<int:number>/printed/", views.printed, name="printed"),
    path("<int:number>/mailed/", views.mailed, name="mailed"),
    path("<int:number>/cancel/", views.cancel, name="cancel"),
    path("<int:number>/pdf/", views.pdf, name="pdf"),
    path("<int:number>/manifest/", views.manifest, name="manifest"),
]
