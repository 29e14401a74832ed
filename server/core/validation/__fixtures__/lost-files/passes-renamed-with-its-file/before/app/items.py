def read_items():
    return 1


def create_item():
    return 2
