def f():
    total = 1


def g():
  total = 2
