import os
from email.mime.text import MIMEText
from .routers import tasks
from app.routers.tasks import router

try:
    from app import fast
    from app.faster import x
except ImportError:
    fast = None
