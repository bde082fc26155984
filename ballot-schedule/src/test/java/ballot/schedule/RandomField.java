package ballot.schedule;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A field made up at random, with what it means.
 *
 * @param starred whether the text begins with a star or is a question mark
 */
record RandomField(String text, BitSet values, boolean starred) {

  private static final List<String> MONTHS =
      List.of("JAN FEB Mar apr MAY JUN jul AUG SEP Oct NOV DEC".split(" "));
  private static final List<String> WEEKDAYS = List.of("Sun MON tue WED THU FRI SAT".split(" "));

  static RandomField second(SplittableRandom random) {
    return any(random, 0, 59);
  }

  static RandomField sharp() {
    return new RandomField("0", stepping(0, 0, 1), false);
  }

  static RandomField minute(SplittableRandom random) {
    return any(random, 0, 59);
  }

  /** Mostly early hours, where clocks are changed. */
  static RandomField hour(SplittableRandom random) {
    return random.nextInt(3) == 0 ? any(random, 0, 23) : list(random, 0, 4);
  }

  static RandomField dayOfMonth(SplittableRandom random) {
    return random.nextBoolean() ? everything(random, 1, 31) : any(random, 1, 31);
  }

  static RandomField month(SplittableRandom random) {
    return random.nextInt(3) > 0 ? all("*", 1, 12) : named(any(random, 1, 12), MONTHS, 1);
  }

  static RandomField dayOfWeek(SplittableRandom random) {
    return switch (random.nextInt(5)) {
      case 0 -> named(list(random, 0, 6), WEEKDAYS, 0);
      case 1 -> weekend();
      case 2 -> any(random, 0, 6);
      default -> everything(random, 0, 6);
    };
  }

  private static RandomField weekend() {
    BitSet values = stepping(5, 6, 1);
    values.set(0);
    return new RandomField("5-7", values, false);
  }

  private static RandomField everything(SplittableRandom random, int low, int high) {
    return all(random.nextBoolean() ? "*" : "?", low, high);
  }

  private static RandomField all(String text, int low, int high) {
    return new RandomField(text, stepping(low, high, 1), true);
  }

  private static RandomField any(SplittableRandom random, int low, int high) {
    int from = random.nextInt(low, high + 1);
    int to = random.nextInt(from, high + 1);
    int step = random.nextInt(1, high - low + 1);
    return switch (random.nextInt(6)) {
      case 0 -> all("*", low, high);
      case 1 -> new RandomField("*/" + step, stepping(low, high, step), true);
      case 2 -> new RandomField(from + "-" + to, stepping(from, to, 1), false);
      case 3 -> new RandomField(from + "-" + to + "/" + step, stepping(from, to, step), false);
      case 4 -> new RandomField(from + "/" + step, stepping(from, high, step), false);
      default -> list(random, low, high);
    };
  }

  private static RandomField list(SplittableRandom random, int low, int high) {
    List<String> items = new ArrayList<>();
    BitSet values = new BitSet();
    for (int count = random.nextInt(1, 4); count > 0; count--) {
      int value = random.nextInt(low, high + 1);
      items.add(String.valueOf(value));
      values.set(value);
    }
    return new RandomField(String.join(",", items), values, false);
  }

  private static RandomField named(RandomField field, List<String> names, int low) {
    if (!field.text().matches("[0-9,]+")) {
      return field;
    }
    List<String> items = new ArrayList<>();
    for (String item : field.text().split(",")) {
      items.add(names.get(Integer.parseInt(item) - low));
    }
    return new RandomField(String.join(",", items), field.values(), false);
  }

  private static BitSet stepping(int from, int to, int step) {
    BitSet values = new BitSet();
    for (int value = from; value <= to; value += step) {
      values.set(value);
    }
    return values;
  }
}
