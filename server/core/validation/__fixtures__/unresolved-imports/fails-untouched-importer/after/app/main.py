from app.models import Task


def run():
    return Task()
