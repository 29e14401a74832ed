class Parser {
  String run() {
    return repeat("a", 3);
  }
}
