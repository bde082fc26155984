package ballot.schedule;

import com.cronutils.model.field.CronFieldName;
import com.cronutils.model.field.constraint.FieldConstraints;
import com.cronutils.model.field.constraint.FieldConstraintsBuilder;
import com.cronutils.parser.FieldParser;
import java.util.Locale;
import java.util.regex.Pattern;

/** The fields of a schedule in the order in which they stand. */
enum Field {
  SECOND(CronFieldName.SECOND, "0-59", "*/15 * * * * *"),
  MINUTE(CronFieldName.MINUTE, "0-59", "*/15 * * * *"),
  HOUR(CronFieldName.HOUR, "0-23", "0 8-18 * * *"),
  DAY_OF_MONTH(CronFieldName.DAY_OF_MONTH, "1-31", "30 4 1,15 * *"),
  MONTH(CronFieldName.MONTH, "1-12 or JAN-DEC", "30 4 1 JAN,JUL *"),
  DAY_OF_WEEK(CronFieldName.DAY_OF_WEEK, "0-7 (0 and 7 are Sunday) or SUN-SAT", "30 4 * * MON-FRI");

  private static final int SUNDAY_AGAIN = 7;

  private static final String VALUE = "(?:[0-9]{1,9}|[A-Z]{3})";

  /**
   * Narrower than what cron-utils takes: it reads {@code 1-5/2/3} and {@code +5} without a word.
   */
  private static final Pattern ITEM =
      Pattern.compile("(?:\\*|%s(?:-%s)?)(?:/[0-9]{1,9})?".formatted(VALUE, VALUE));

  private static final Pattern QUARTZ =
      Pattern.compile("L(?:-[0-9]+)?W?|W|(?:[0-9]+|[A-Z]{3})[LW]|.*#.*");

  private final FieldConstraints constraints;
  private final FieldParser parser;
  private final String allowed;
  private final String example;

  Field(CronFieldName name, String allowed, String example) {
    FieldConstraintsBuilder builder = FieldConstraintsBuilder.instance().forField(name);
    this.constraints =
        (name == CronFieldName.DAY_OF_WEEK ? builder.withValidRange(0, SUNDAY_AGAIN) : builder)
            .createConstraintsInstance();
    this.parser = new FieldParser(constraints);
    this.allowed = allowed;
    this.example = example;
  }

  /**
   * @param schedule the whole, for errors
   */
  Values parse(String text, String schedule) {
    if (text.equals("?") && isDay()) {
      return new Values(this, all(), true);
    }
    long bits = 0;
    for (String item : text.toUpperCase(Locale.ROOT).split(",", -1)) {
      Complaint complaint = new Complaint(this, item, schedule);
      check(item, complaint);
      bits |= expand(item, complaint);
    }
    return new Values(this, bits, text.startsWith("*"));
  }

  private void check(String item, Complaint complaint) {
    if (isDay() && QUARTZ.matcher(item).matches()) {
      throw complaint.of("is not supported, as L, W and # are not cron's,");
    }
    if (!ITEM.matcher(item).matches()) {
      throw complaint.of("is not allowed");
    }
  }

  private long expand(String item, Complaint complaint) {
    Expansion expansion = new Expansion(this, complaint);
    try {
      parser.parse(item).accept(expansion);
    } catch (Complaint.Refusal refusal) {
      throw refusal;
    } catch (IllegalArgumentException unreadable) {
      throw complaint.of("is not allowed");
    }
    return expansion.bits();
  }

  boolean allows(int value) {
    return constraints.isInRange(value);
  }

  int first() {
    return constraints.getStartRange();
  }

  int last() {
    return this == DAY_OF_WEEK ? SUNDAY_AGAIN - 1 : constraints.getEndRange();
  }

  int size() {
    return last() - first() + 1;
  }

  /** Sunday is both ends of a week. */
  int fold(int value) {
    return this == DAY_OF_WEEK && value == SUNDAY_AGAIN ? 0 : value;
  }

  long all() {
    return ((1L << size()) - 1) << first();
  }

  boolean isDay() {
    return this == DAY_OF_MONTH || this == DAY_OF_WEEK;
  }

  String title() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  String allowed() {
    return allowed;
  }

  String example() {
    return example;
  }
}
