class Adapters {
  public static final Adapter CALENDAR =
      new FieldsAdapter("year") {
        @Override
        int[] read(Calendar value) {
          return new int[] {value.get(Calendar.YEAR)};
        }
      };
}
