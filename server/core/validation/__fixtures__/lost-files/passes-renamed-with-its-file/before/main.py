from app.items import read_items, create_item

read_items()
create_item()
