from fastapi import APIRouter

router = APIRouter()


@router.get("/public")
def read_public(): ...
