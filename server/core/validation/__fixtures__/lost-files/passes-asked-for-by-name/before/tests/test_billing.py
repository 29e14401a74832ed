def test_0():
    return 0

def test_1():
    return 1

def test_2():
    return 2

def test_3():
    return 3

def test_4():
    return 4

def test_5():
    return 5

