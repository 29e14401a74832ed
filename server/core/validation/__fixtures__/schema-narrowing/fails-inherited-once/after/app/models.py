class Base(DeclarativeBase):
    pass


class Money(Base):
    __abstract__ = True

    note: Mapped[str] = mapped_column(String(20))


class Bill(Money):
    __tablename__ = "bills"
    id: Mapped[int] = mapped_column(Integer, primary_key=True)


class Fee(Money):
    __tablename__ = "fees"
    id: Mapped[int] = mapped_column(primary_key=True)
