def show():
    return 2
