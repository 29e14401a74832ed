from fastapi import APIRouter

from . import carts
from .orders import router as orders

api_router = APIRouter(prefix="/api")
api_router.include_router(carts.router, prefix="/carts")
api_router.include_router(orders, prefix="/orders")
