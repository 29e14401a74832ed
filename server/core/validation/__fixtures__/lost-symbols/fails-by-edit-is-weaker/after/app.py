def show():
    return load()
