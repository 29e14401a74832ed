from django.contrib.auth.models import AbstractUser
from django.db import models


class TimeStamped(models.Model):
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


class User(AbstractUser):
    bio = models.TextField(null=True)


class Helper:
    name = "x"
