def step_3(value):
    result = value + 3
    return result


def step_4(value):
    result = value + 4
    return result


def step_5(value):
    result = value + 5
    return result


def step_6(value):
    result = value + 6
    return result


def step_7(value):
    result = value + 7
    return result


