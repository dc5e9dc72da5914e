"""Staff and one-time links, below /."""

from django.urls import path

from breaches.access import views

app_name = "access"
urlpatterns = [
    path("staff/", views.staff, name="staff"),
    path("staff/<int:pk>/role/", views.set_role, name="set_role"),
    path("staff/<int:pk>/link/", views.new_link, name="new_link"),
    path("staff/<int:pk>/forget/", views.forget_factors, name="forget_factors"),
    path("audit/", views.audit, name="audit"),
    path("enter/<str:token>/", views.enter, name="enter"),
]
