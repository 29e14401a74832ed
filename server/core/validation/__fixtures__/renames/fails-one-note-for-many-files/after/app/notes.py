class Note:
    title = 1


def read_notes():
    return NOTE_LIMIT
