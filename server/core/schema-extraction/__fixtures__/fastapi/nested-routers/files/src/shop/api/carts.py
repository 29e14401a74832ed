from fastapi import APIRouter

router = APIRouter()


@router.get("/{cart_id}")
def get_cart(cart_id: int): ...
