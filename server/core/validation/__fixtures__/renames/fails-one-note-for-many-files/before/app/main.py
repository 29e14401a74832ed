from app import items

items.read_items()
