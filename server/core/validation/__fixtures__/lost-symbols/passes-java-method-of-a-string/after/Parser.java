class Parser {
  String run() {
    return "a".repeat(2);
  }
}
