"""Letters to recipients and answers, below /incidents/<incident_id>/recipients/."""

from django.urls import path

from breaches.demands import views

app_name = "demands"
urlpatterns = [
    path("cases/<int:pk>/letter/", views.draft, name="draft"),
    path("cases/<int:pk>/statement/", views.statement, name="statement"),
    path("cases/<int:pk>/onward/", views.onward, name="onward"),
    path("demands/<uuid:pk>/", views.demand, name="demand"),
    path("demands/<uuid:pk>/approve/", views.approve, name="approve"),
    path("demands/<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("demands/<uuid:pk>/sent/", views.sent, name="sent"),
    path("demands/<uuid:pk>/answer/", views.answer, name="answer"),
]
