from fastapi import APIRouter

router = APIRouter()


@router.put("/{order_id}")
def put_order(order_id: int): ...
