def read_notes():
    return 1


def create_note():
    return 2
