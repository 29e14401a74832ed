from sqlalchemy import Column, DateTime, Integer
from .base import Base


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    created_at = Column(DateTime)
