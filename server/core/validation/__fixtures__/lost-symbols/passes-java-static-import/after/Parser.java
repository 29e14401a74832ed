import static com.google.common.base.Strings.repeat;

class Parser {
  String run() {
    return repeat("a", 2);
  }
}
