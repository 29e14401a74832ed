from app import crud
from . import crud as again

print(crud)
