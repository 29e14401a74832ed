from fastapi import APIRouter

router = APIRouter()


@router.api_route("/tasks", methods=["GET", "post"])
def tasks(): ...
