from app.services.mail import send
from app.crud import list_tasks

print(list_tasks())
