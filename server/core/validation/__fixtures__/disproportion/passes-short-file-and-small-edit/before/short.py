def step_1(value):
    result = value + 1
    return result


def step_2(value):
    result = value + 2
    return result


