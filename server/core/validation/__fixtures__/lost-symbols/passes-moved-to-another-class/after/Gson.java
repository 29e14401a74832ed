class Gson {
  boolean escape() {
    return GsonBuilder.DEFAULT_ESCAPE_HTML;
  }
}
