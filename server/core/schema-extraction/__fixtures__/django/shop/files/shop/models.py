import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from core.models import TimeStamped


class Status(models.TextChoices):
    DRAFT = "draft", _("Draft")
    LIVE = "live", _("Live")


class Category(models.Model):
    name = models.CharField(_("name"), max_length=80, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE)

    class Meta:
        db_table = "categories"
        ordering = ["name"]


class Product(TimeStamped):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    title = models.CharField(max_length=200)
    price = models.DecimalField(max_digits=8, decimal_places=2)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    size = models.CharField(max_length=1, choices=[("s", "Small"), ("l", "Large")])
    category = models.ForeignKey(Category, related_name="products", on_delete=models.PROTECT)
    tags = models.ManyToManyField("shop.Tag", blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)

    class Meta:
        unique_together = ("title", "category")
        indexes = [models.Index(fields=["-price", "title"])]
        constraints = [models.UniqueConstraint(fields=["owner", "title"], name="u")]

    def __str__(self):
        return self.title


class Tag(models.Model):
    slug = models.SlugField()


class Featured(Product):
    class Meta:
        proxy = True
