from sqlalchemy import Column, Integer, String


class Good(Base):
    __tablename__ = "goods"
    id = Column(Integer, primary_key=True)
    name = Column(String(


class After(Base):
    __tablename__ = "afters"
    id = Column(Integer, primary_key=True)
