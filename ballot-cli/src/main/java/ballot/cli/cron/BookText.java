package ballot.cli.cron;

import ballot.api.Ledger;
import ballot.engine.agenda.Book;
import ballot.engine.agenda.Entry;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The book of runs as it stands in a ledger: JSON, for people and other programs too.
 *
 * <pre>
 * {"series": "CRON_TZ=Europe/Berlin 0 3 * * *", "decidedUntil": "2026-11-21T02:00:00Z",
 *  "entries": [
 *   {"tick": "…", "term": 7, "candidate": "a@host-1", "attempts": 1, "claimed": "…",
 *    "started": "…", "ended": "…", "outcome": "succeeded", "status": 0},
 *   {"first": "…", "last": "…", "count": 3, "reason": "nobody led when it was due"}]}
 * </pre>
 */
public final class BookText {

  private static final JsonFactory JSON = new JsonFactory();
  private static final ObjectMapper TREES = new ObjectMapper(JSON);

  private BookText() {}

  /** The text of a book; what is too long for a ledger loses its oldest entries. */
  public static String of(Book book) {
    Book shorter = book;
    String text = write(shorter);
    while (text.getBytes(StandardCharsets.UTF_8).length > Ledger.LONGEST
        && !shorter.entries().isEmpty()) {
      List<Entry> entries = shorter.entries();
      shorter =
          new Book(
              shorter.series(),
              shorter.decidedUntil(),
              entries.subList(entries.size() / 10 + 1, entries.size()));
      text = write(shorter);
    }
    return text;
  }

  private static String write(Book book) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("series", book.series());
      json.writeStringField("decidedUntil", book.decidedUntil().toString());
      json.writeArrayFieldStart("entries");
      for (Entry entry : book.entries()) {
        json.writeStartObject();
        switch (entry) {
          case Entry.Run run -> write(json, run);
          case Entry.NotRun not -> {
            json.writeStringField("first", not.first().toString());
            json.writeStringField("last", not.last().toString());
            json.writeNumberField("count", not.count());
            json.writeStringField("reason", not.reason());
          }
        }
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible); // a StringWriter takes everything
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Entry.Run run) throws IOException {
    json.writeStringField("tick", run.tick().toString());
    json.writeNumberField("term", run.term());
    json.writeStringField("candidate", run.candidate());
    json.writeNumberField("attempts", run.attempts());
    json.writeStringField("claimed", run.claimed().toString());
    if (run.started().isPresent()) {
      json.writeStringField("started", run.started().get().toString());
    }
    if (run.ended().isPresent()) {
      json.writeStringField("ended", run.ended().get().toString());
    }
    json.writeStringField("outcome", word(run.outcome()));
    if (run.status().isPresent()) {
      json.writeNumberField("status", run.status().getAsInt());
    }
  }

  /** An outcome as it is written, {@code not-started} for example. */
  public static String word(Entry.Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * Reads a book.
   *
   * @return empty where nothing was ever written
   * @throws IllegalArgumentException when it is none
   */
  public static Optional<Book> read(Ledger.Page page) {
    if (page.text().isEmpty()) {
      return Optional.empty();
    }
    try {
      JsonNode book = TREES.readTree(page.text());
      List<Entry> entries = new ArrayList<>();
      for (JsonNode entry : book.required("entries")) {
        entries.add(entry.has("tick") ? run(entry) : notRun(entry));
      }
      return Optional.of(
          new Book(book.required("series").asText(), time(book, "decidedUntil"), entries));
    } catch (IOException | IllegalArgumentException | DateTimeParseException wrong) {
      throw new IllegalArgumentException("the ledger of runs cannot be read: " + why(wrong), wrong);
    }
  }

  private static String why(Exception wrong) {
    return wrong instanceof com.fasterxml.jackson.core.JsonProcessingException json
        ? json.getOriginalMessage()
        : String.valueOf(wrong.getMessage());
  }

  private static Entry.Run run(JsonNode entry) {
    return new Entry.Run(
        time(entry, "tick"),
        entry.required("term").asLong(),
        entry.required("candidate").asText(),
        entry.required("attempts").asInt(),
        time(entry, "claimed"),
        entry.has("started") ? Optional.of(time(entry, "started")) : Optional.empty(),
        entry.has("ended") ? Optional.of(time(entry, "ended")) : Optional.empty(),
        Entry.Outcome.valueOf(
            entry.required("outcome").asText().toUpperCase(Locale.ROOT).replace('-', '_')),
        entry.has("status") ? OptionalInt.of(entry.get("status").asInt()) : OptionalInt.empty());
  }

  private static Entry.NotRun notRun(JsonNode entry) {
    return new Entry.NotRun(
        time(entry, "first"),
        time(entry, "last"),
        entry.required("count").asLong(),
        entry.required("reason").asText());
  }

  private static Instant time(JsonNode entry, String field) {
    return Instant.parse(entry.required(field).asText());
  }
}
