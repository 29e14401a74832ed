def show():
    return _load() + 1
