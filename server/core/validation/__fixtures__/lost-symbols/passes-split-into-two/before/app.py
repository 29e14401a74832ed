def run(rows):
    total = sum(row.price for row in rows)
    discount = total * 0.1
    return total - discount
