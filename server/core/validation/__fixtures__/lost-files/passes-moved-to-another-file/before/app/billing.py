def step_0():
    return 0

def step_1():
    return 1

def step_2():
    return 2

def step_3():
    return 3

def step_4():
    return 4

def step_5():
    return 5

