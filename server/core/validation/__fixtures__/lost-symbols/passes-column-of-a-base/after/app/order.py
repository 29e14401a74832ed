from sqlalchemy import Column, Integer
from .base import Base, Timed


class Order(Timed, Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
