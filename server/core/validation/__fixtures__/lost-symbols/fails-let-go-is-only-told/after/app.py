def show(value):
    return value + value
