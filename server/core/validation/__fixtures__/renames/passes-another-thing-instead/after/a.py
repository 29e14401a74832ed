def other():
    return 1


def print_report(rows):
    for row in rows:
        print(row)
