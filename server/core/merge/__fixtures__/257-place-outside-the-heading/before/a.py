def helper():
    pass


def other():
    return 1
