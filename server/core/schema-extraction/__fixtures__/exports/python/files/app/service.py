"""Services."""
import os

try:
    import ujson as json
except ImportError:
    import json

MAX_ITEMS = 50
_cache = {}
router: object = object()
left, right = 1, 2
MAX_ITEMS = 60

if os.name == "nt":
    SEPARATOR = "\\"
else:
    SEPARATOR = "/"


@decorated
class Service:
    LIMIT = 1

    def run(self): ...


async def fetch_all(): ...


def _private(): ...


def outer():
    def inner(): ...
    return inner
