from pydantic_settings import BaseSettings as Env


class Database(Env):
    url: str = "sqlite://"


class Settings(Database):
    debug: bool = False
