a()


def b():
    pass
