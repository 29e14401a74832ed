def to_row(task):
    return {"id": task.id}
