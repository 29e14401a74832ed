def load_users():
    return read('users')


def other():
    return 1
