"""Where every address leads; the apps bring their own lists."""

from allauth.account.decorators import secure_admin_login
from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from smartcity import gallery, views

admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
    path("akun/", include("allauth.account.urls")),
    path("akun/2fa/", include("allauth.mfa.urls")),
    path("", include("agencies.urls")),
    path("", include("masterplan.urls")),
]
if settings.DEBUG:
    urlpatterns.append(path("komponen/", gallery.component_gallery, name="component_gallery"))

handler400 = "smartcity.views.bad_request"
handler403 = "smartcity.views.forbidden"
handler404 = "smartcity.views.not_found"
handler500 = "smartcity.views.server_error"
