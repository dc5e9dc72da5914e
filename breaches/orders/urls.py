"""Court orders, below /incidents/<incident_id>/recipients/orders/."""

from django.urls import path

from breaches.orders import views

app_name = "orders"
urlpatterns = [
    path("", views.overview, name="list"),
    path("enter/", views.enter, name="enter"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/clause/", views.clause, name="clause"),
    path("<uuid:pk>/entry/", views.entry, name="entry"),
    path("<uuid:pk>/declaration/", views.declaration, name="declaration"),
]
