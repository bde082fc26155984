package ballot.e2e.pausing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a page of the ledger of runs says, as far as tests ask. Reads what {@code ballot info}
 * prints of it too.
 */
public record BookPage(List<Run> runs, List<NotRun> notRun) {

  private static final Pattern ENTRY = Pattern.compile("\\{[^{}]*\\}");

  /** A tick that was claimed. */
  public record Run(Instant tick, long term, String candidate, String outcome) {

    /** Whether more is to be expected of it. */
    public boolean isOpen() {
      return outcome.equals("claimed") || outcome.equals("running");
    }

    boolean is(String word, Run other) {
      return outcome.equals(word) && tick.equals(other.tick) && term == other.term;
    }
  }

  /** Ticks that were not run. */
  public record NotRun(Instant first, Instant last, String reason) {}

  /** Copies the lists. */
  public BookPage {
    runs = List.copyOf(runs);
    notRun = List.copyOf(notRun);
  }

  /** Reads a text. */
  public static BookPage of(String text) {
    List<Run> runs = new ArrayList<>();
    List<NotRun> notRun = new ArrayList<>();
    Matcher entries = ENTRY.matcher(text);
    while (entries.find()) {
      String entry = entries.group();
      String tick = field(entry, "tick").orElse("");
      if (field(entry, "first").isPresent()) {
        notRun.add(new NotRun(time(entry, "first"), time(entry, "last"), need(entry, "reason")));
      } else if (!tick.isEmpty() && field(entry, "term").isPresent()) {
        runs.add(
            new Run(
                time(entry, "tick"),
                Long.parseLong(need(entry, "term")),
                need(entry, "candidate"),
                need(entry, "outcome")));
      }
    }
    return new BookPage(runs, notRun);
  }

  /** A run that has come to this since another page. */
  Optional<Run> newly(String outcome, BookPage before) {
    return runs.stream()
        .filter(run -> run.outcome().equals(outcome))
        .filter(run -> before.runs.stream().noneMatch(other -> other.is(outcome, run)))
        .findFirst();
  }

  private static Instant time(String entry, String name) {
    return java.time.OffsetDateTime.parse(need(entry, name)).toInstant();
  }

  private static String need(String entry, String name) {
    return field(entry, name)
        .orElseThrow(() -> new IllegalArgumentException("no " + name + " in " + entry));
  }

  private static Optional<String> field(String entry, String name) {
    Matcher field = Pattern.compile("\"" + name + "\"\\s*:\\s*\"?([^\",}]*)").matcher(entry);
    return field.find() ? Optional.of(field.group(1).strip()) : Optional.empty();
  }
}
