from app.db import y
import shop

x = y
