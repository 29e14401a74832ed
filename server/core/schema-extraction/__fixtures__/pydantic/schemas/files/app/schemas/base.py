import pydantic


class ApiModel(pydantic.BaseModel):
    model_config = {"from_attributes": True}
