class Parser {
  String run() {
    return repeat("a", 2);
  }

  private static String repeat(String text, int count) {
    return text;
  }
}
