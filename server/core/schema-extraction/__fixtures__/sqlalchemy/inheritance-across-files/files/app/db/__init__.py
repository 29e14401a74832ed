from app.db.base import Base as ModelBase, OwnedMixin
