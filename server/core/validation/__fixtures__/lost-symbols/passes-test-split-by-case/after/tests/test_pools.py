class TestPools:
    def test_other(self):
        assert True

    def test_pool_for_settings_verify(self):
        server = start()
        assert server.pools == 2

    def test_pool_for_settings_certificate(self):
        server = start(certificate="a")
        assert server.pools == 1
