class Adapters {
  public static final Adapter CALENDAR =
      new Adapter() {
        private static final String YEAR = "year";

        @Override
        public void write(Writer out, Calendar value) {
          int number = value.get(Calendar.YEAR);
          out.name(YEAR).value(number);
        }
      };
}
