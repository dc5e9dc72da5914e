"""Matching, below /incidents/<incident_id>/people/."""

from django.urls import path

from breaches.matching.views import bulk, gate, losses, minimise, pairs, people, report, review

app_name = "matching"
urlpatterns = [
    path("", people.overview, name="list"),
    path("match/", people.start, name="start"),
    path("runs/<int:pk>/progress/", people.progress, name="progress"),
    path("find/", people.find, name="find"),
    path("lost/", losses.lost, name="lost"),
    path("gate/", gate.detail, name="gate"),
    path("gate/<int:pk>/open/", gate.open_it, name="gate_open"),
    path("gate/<int:pk>/enlarge/", gate.enlarge, name="gate_enlarge"),
    path("bulk/", bulk.confirm, name="bulk"),
    path("pairs/", pairs.pairs, name="pairs"),
    path("report/", report.report, name="report"),
    path("report/correct/", report.correct, name="correct"),
    path("thresholds/", report.thresholds, name="thresholds"),
    path("review/", review.review, name="review"),
    path("review/<int:pk>/judge/", review.judge, name="judge"),
    path("review/<int:pk>/answer/", review.measure, name="measure"),
    path("review/<int:pk>/undo/", review.undo, name="undo"),
    path("files/<int:pk>/minimise/", minimise.columns, name="minimise"),
    path("<uuid:pk>/", people.person, name="person"),
]
