def scale(value):
    return value * 2


def show(value):
    return scale(value)
