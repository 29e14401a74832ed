class Gson {
  void build(Policy policy) {
    add(longAdapter(policy));
  }

  private static Adapter longAdapter(Policy policy) {
    if (policy == Policy.DEFAULT) {
      return Adapters.LONG;
    }
    return new LongAdapter(policy);
  }
}
