from fastapi import FastAPI

from app import config
from app.config import ADMIN as admin_path
from app.config import settings
from app.routes import admin, public, users

app = FastAPI()
app.include_router(users.router, prefix=settings.API_V1)
app.include_router(admin.router, prefix=admin_path)
app.include_router(public.router, prefix=f"{config.settings.API_V1}/public")

legacy = FastAPI()


@legacy.get("/ping")
def ping(): ...


app.mount("/legacy", legacy)
app.mount("/static", StaticFiles(directory="static"))
