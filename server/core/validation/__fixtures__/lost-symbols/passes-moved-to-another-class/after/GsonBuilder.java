class GsonBuilder {
  public static final boolean DEFAULT_ESCAPE_HTML = true;
}
