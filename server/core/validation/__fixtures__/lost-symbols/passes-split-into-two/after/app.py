def price_of(rows):
    total = sum(row.price for row in rows)
    return total


def reduced(total):
    discount = total * 0.1
    return total - discount
