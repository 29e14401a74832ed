final class GsonTypes {
  static int arrayOf(int size) {
    return size;
  }

  static String resolve(String name) {
    return name;
  }
}
