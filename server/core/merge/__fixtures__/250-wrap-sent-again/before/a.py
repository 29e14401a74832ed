def f(path):
    if path:
        rows = read()
