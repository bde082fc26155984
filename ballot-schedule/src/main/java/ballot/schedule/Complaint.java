package ballot.schedule;

/**
 * Who is complained about when a field is wrong.
 *
 * @param item the part of the field
 * @param schedule the whole
 */
record Complaint(Field field, String item, String schedule) {

  /** Told apart from what a library throws, whose words are not for our users. */
  static final class Refusal extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private Refusal(String message) {
      super(message);
    }
  }

  Refusal of(String predicate) {
    return new Refusal(
        "%s '%s' %s in the schedule '%s': write %s, a list (a,b), a range (a-b), a step (*/n, a-b/n) or *%s, as in '%s'"
            .formatted(
                field.title(),
                item,
                predicate,
                schedule,
                field.allowed(),
                field.isDay() ? " or ?" : "",
                field.example()));
  }
}
