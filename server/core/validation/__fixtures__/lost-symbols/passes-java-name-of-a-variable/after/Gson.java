class Gson {
  void build(Policy policy) {
    Adapter longAdapter = policy.adapter();
    add(longAdapter);
  }
}
