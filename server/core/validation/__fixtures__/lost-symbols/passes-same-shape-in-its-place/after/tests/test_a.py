def test_values_of_both():
    value = build()
    assert value.a == 1
    assert value.b == 2


def test_two():
    assert build()
