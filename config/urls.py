"""Contents page: the two apps and the sign-in pages."""

from django.urls import include, path
from django.views.generic import RedirectView

# Nothing here sends mail: a mail about this product could betray who is in it. The way back in
# is a one-time link from the administrator.
back_to_sign_in = RedirectView.as_view(pattern_name="account_login")

handler400 = "breaches.web.bad_request"
handler500 = "breaches.web.server_error"
urlpatterns = [
    path("account/password/reset/", back_to_sign_in),
    path("account/email/", back_to_sign_in),
    path("account/", include("allauth.urls")),
    path("", include("breaches.urls")),
    path("", include("notifications.urls")),
]
