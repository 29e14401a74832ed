def test_one():
    value = build()
    assert value.a == 1
    assert value.b == 2


def test_two():
    assert build()
