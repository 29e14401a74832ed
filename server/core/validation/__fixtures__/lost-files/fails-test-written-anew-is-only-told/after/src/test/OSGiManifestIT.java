class OSGiManifestIT {
  @Test
  void exportsPackages() {
    assertThat(read("Export-Package")).contains("com.example");
  }

  @Test
  void imports() {
    assertThat(read("Import-Package")).isEmpty();
  }
}
