def load():
    return 1


def show():
    return 2


def cache():
    return 3
