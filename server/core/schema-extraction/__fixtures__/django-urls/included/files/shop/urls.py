from django.contrib.auth.decorators import login_required
from django.urls import path

from .views import Cart, detail

app_name = "shop"
urlpatterns = [
    path("<int:pk>/", detail, name="detail"),
    path("cart/", login_required(Cart.as_view()), name="cart"),
]
