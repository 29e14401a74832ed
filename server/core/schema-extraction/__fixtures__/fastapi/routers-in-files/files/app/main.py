from fastapi import APIRouter, FastAPI

from app.routers import projects
from app.routers import tasks as task_routes
from app.routers.users import router as users_router

API_PREFIX = "/api/v1"

app = FastAPI(title="Tracker")

app.include_router(projects.router, prefix=API_PREFIX)
app.include_router(task_routes.router, prefix="/api" "/v2", tags=["tasks"])
app.include_router(users_router, prefix=settings.users_prefix)


@app.get("/health")
def get_health() -> dict[str, str]:
    return {"status": "ok"}


@app.websocket("/ws")
async def follow(socket):
    await socket.accept()
