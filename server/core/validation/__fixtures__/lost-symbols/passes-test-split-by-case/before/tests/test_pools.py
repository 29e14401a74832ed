class TestPools:
    def test_pool_for_settings(self):
        assert pool(verify=True) != pool(verify=False)

    def test_other(self):
        assert True
