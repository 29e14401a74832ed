from fastapi import APIRouter, Depends, status

router = APIRouter(prefix="/projects", tags=["projects"])


@router.get("", response_model=list[ProjectRead])
def list_projects(): ...


@router.post("/", status_code=status.HTTP_201_CREATED)
async def create_project(payload: ProjectCreate): ...


@router.get("/{project_id}")
@cached
def get_project(project_id: int): ...


@router.delete(path="/{project_id}", status_code=204)
def delete_project(project_id: int): ...
