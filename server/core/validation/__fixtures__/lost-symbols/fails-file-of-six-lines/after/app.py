def show():
    return 3
