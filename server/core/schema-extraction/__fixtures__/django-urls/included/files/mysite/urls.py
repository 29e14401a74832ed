from django.contrib import admin
from django.urls import include, path, re_path
from rest_framework.routers import DefaultRouter

import shop.urls
from shop.api import ProductViewSet
from . import views

router = DefaultRouter()
router.register(r"products", ProductViewSet, basename="product")

urlpatterns = [
    path("admin/", admin.site.urls),
    path("", views.index, name="index"),
    path("shop/", include("shop.urls")),
    path("old/", include((shop.urls, "old"))),
    path("api/", include(router.urls)),
    re_path(r"^feed/(?P<year>\d+)/$", views.Feed.as_view()),
]
