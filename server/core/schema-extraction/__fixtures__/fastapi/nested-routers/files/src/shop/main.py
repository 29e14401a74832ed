from fastapi import FastAPI

from shop.api import api_router


def ping():
    return "pong"


def create_app() -> FastAPI:
    app = FastAPI()
    app.include_router(api_router)
    app.include_router(api_router, prefix="/legacy")
    app.add_api_route("/ping", ping, methods=["GET"])
    return app
