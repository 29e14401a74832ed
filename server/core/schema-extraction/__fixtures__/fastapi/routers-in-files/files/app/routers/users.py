import fastapi

router = fastapi.APIRouter(prefix="/users")


@router.patch("/{user_id}")
def update_user(user_id: int): ...
