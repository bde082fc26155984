package ballot.cli.cron;

import ballot.api.Durations;
import ballot.cli.process.OneLine;
import ballot.cli.render.Table;
import ballot.engine.agenda.Book;
import ballot.engine.agenda.Entry;
import ballot.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the ledger of an election says about its runs, for whoever asks for information. */
public final class RunsDocument {

  private static final int SHOWN = 10;

  private final Book book;
  private final Instant now;
  private final ZoneId zone;

  /**
   * As a clock of that zone shows it.
   *
   * @param now after which the next tick is
   */
  public RunsDocument(Book book, Instant now, ZoneId zone) {
    this.book = book;
    this.now = now;
    this.zone = zone;
  }

  /** With what goes on, what was last, latest first, and what is next. */
  public Map<String, Object> document() {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("schedule", book.series());
    nextTick().ifPresent(tick -> document.put("nextTick", time(tick)));
    document.put("running", latest(true).stream().map(this::fields).toList());
    document.put("last", latest(false).stream().map(this::fields).toList());
    return document;
  }

  /** The same as lines for people, the last one ended. */
  public String table(int width) {
    StringBuilder text = new StringBuilder("\nschedule ").append(OneLine.of(book.series()));
    nextTick().ifPresent(tick -> text.append(", next tick ").append(time(tick)));
    text.append('\n');
    Table table = new Table(width, "TICK", "OUTCOME", "TOOK", "TERM", "BY WHOM, OR WHY NOT");
    latest(true).forEach(entry -> row(table, entry));
    latest(false).forEach(entry -> row(table, entry));
    table.lines().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private Optional<Instant> nextTick() {
    try {
      Instant after = now.isAfter(book.decidedUntil()) ? now : book.decidedUntil();
      return Schedule.parse(book.series(), Optional.empty()).next(after);
    } catch (IllegalArgumentException fromLaterVersion) {
      return Optional.empty();
    }
  }

  private List<Entry> latest(boolean going) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : book.entries()) {
      if ((entry instanceof Entry.Run run && run.outcome().isOpen()) == going) {
        entries.addFirst(entry);
      }
    }
    return entries.subList(0, Math.min(entries.size(), SHOWN));
  }

  private Map<String, Object> fields(Entry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    switch (entry) {
      case Entry.Run run -> {
        fields.put("tick", time(run.tick()));
        fields.put("outcome", BookText.word(run.outcome()));
        run.status().ifPresent(status -> fields.put("status", status));
        run.started().ifPresent(started -> fields.put("started", time(started)));
        took(run).ifPresent(took -> fields.put("took", took));
        fields.put("candidate", run.candidate());
        fields.put("term", run.term());
        if (run.attempts() > 1) {
          fields.put("attempts", run.attempts());
        }
      }
      case Entry.NotRun not -> {
        fields.put("tick", time(not.first()));
        if (!not.last().equals(not.first())) {
          fields.put("until", time(not.last()));
        }
        fields.put("outcome", "not-run");
        if (not.count() > 0) {
          fields.put("count", not.count());
        }
        fields.put("reason", not.reason());
      }
    }
    return fields;
  }

  private void row(Table table, Entry entry) {
    switch (entry) {
      case Entry.Run run ->
          table.add(
              time(run.tick()),
              BookText.word(run.outcome())
                  + (run.outcome() == Entry.Outcome.FAILED
                      ? " (" + run.status().orElse(0) + ")"
                      : ""),
              took(run).orElse(""),
              Long.toString(run.term()),
              OneLine.of(run.candidate()));
      case Entry.NotRun not ->
          table.add(time(not.first()), "not run" + more(not), "", "", OneLine.of(not.reason()));
    }
  }

  private static String more(Entry.NotRun not) {
    if (not.first().equals(not.last())) {
      return "";
    }
    return not.count() > 0 ? " (" + not.count() + " ticks)" : " (many)";
  }

  private Optional<String> took(Entry.Run run) {
    if (run.started().isEmpty()) {
      return Optional.empty();
    }
    Instant end = run.ended().orElse(run.outcome().isOpen() ? now : run.started().get());
    Duration took = Duration.between(run.started().get(), end);
    return run.ended().isEmpty() && !run.outcome().isOpen()
        ? Optional.empty()
        : Optional.of(Durations.format(took.truncatedTo(ChronoUnit.MILLIS)));
  }

  private String time(Instant instant) {
    return DateTimeFormatter.ISO_OFFSET_DATE_TIME.withZone(zone).format(instant);
  }
}
