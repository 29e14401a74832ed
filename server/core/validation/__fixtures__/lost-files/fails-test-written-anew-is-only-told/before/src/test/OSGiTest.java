class OSGiTest {
  @Test
  void exports() {
    check(manifest());
  }
}
