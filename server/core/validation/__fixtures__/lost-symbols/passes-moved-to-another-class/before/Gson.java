class Gson {
  static final boolean DEFAULT_ESCAPE_HTML = true;

  boolean escape() {
    return DEFAULT_ESCAPE_HTML;
  }
}
