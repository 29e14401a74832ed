def f(a):
    x = 1
    return a


def g(a):
    return a
