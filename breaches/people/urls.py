"""The register, below /register/."""

from django.urls import path

from breaches.people.views import facilities, families, imports, offers, persons, register, rows

app_name = "people"
urlpatterns = [
    path("", register.register, name="register"),
    path("find/", register.find, name="find"),
    path("new/", imports.receive, name="receive"),
    path("imports/<int:pk>/", imports.register_import, name="import"),
    path("imports/<int:pk>/progress/", imports.progress, name="progress"),
    path("imports/<int:pk>/problems/", imports.problems, name="problems"),
    path("imports/<int:pk>/columns/", imports.columns, name="columns"),
    path("imports/<int:pk>/accept/", imports.accept, name="accept"),
    path("imports/<int:pk>/discard/", imports.discard, name="discard"),
    path("imports/<int:pk>/undo/", imports.undo, name="undo"),
    path("imports/<int:pk>/changes/<uuid:change>/", imports.decide, name="decide"),
    path("zips/", offers.zips, name="zips"),
    path("facilities/", facilities.facilities, name="facilities"),
    path("facilities/new/", facilities.add, name="add_facility"),
    path("facilities/<int:pk>/", facilities.facility, name="facility"),
    path("facilities/<int:pk>/change/", facilities.change, name="change_facility"),
    path("people/<uuid:pk>/", persons.person, name="person"),
    path("people/<uuid:pk>/facts/", rows.facts, name="facts"),
    path("people/<uuid:pk>/changes/<uuid:change>/undo/", rows.undo, name="undo_change"),
    path("people/<uuid:pk>/family/", families.relate, name="relate"),
    path("people/<uuid:pk>/family/<int:relation>/", families.unrelate, name="unrelate"),
    path("people/<uuid:pk>/merge/", families.merge, name="merge"),
    path("people/<uuid:pk>/merges/<uuid:merge>/undo/", families.unmerge, name="unmerge"),
    path("people/<uuid:pk>/<slug:kind>/new/", rows.add, name="add"),
    path("people/<uuid:pk>/<slug:kind>/<uuid:row>/", rows.change, name="change"),
    path("people/<uuid:pk>/<slug:kind>/<uuid:row>/end/", rows.end, name="end"),
]
