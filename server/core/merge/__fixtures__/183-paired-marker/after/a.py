def f(a, b):
    x = 1
    y = 2
    return a + b
