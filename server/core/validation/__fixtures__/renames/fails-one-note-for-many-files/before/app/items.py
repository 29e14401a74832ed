class Item:
    title = 1


def read_items():
    return ITEM_LIMIT
