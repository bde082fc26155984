package ballot.engine.agenda;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Events and effects for a person who reads what happened. */
final class Wording {

  private static final int LATEST = 3;

  private Wording() {}

  static List<String> of(AgendaEvent event, List<AgendaEffect> effects) {
    List<String> lines = new ArrayList<>();
    if (!(event instanceof AgendaEvent.Tick && effects.isEmpty())) {
      lines.add(event instanceof AgendaEvent.Read read ? "read" + of(read.book()) : "" + event);
      effects.forEach(effect -> lines.add("    " + of(effect)));
    }
    return lines;
  }

  private static String of(AgendaEffect effect) {
    return effect instanceof AgendaEffect.Write write
        ? "Write " + write.number() + " after " + write.before() + of(Optional.of(write.book()))
        : effect.toString();
  }

  private static String of(Optional<Book> found) {
    if (found.isEmpty()) {
      return " nothing";
    }
    Book book = found.get();
    List<Entry> entries = book.entries();
    StringBuilder text = new StringBuilder();
    text.append(" until " + book.decidedUntil() + ", " + entries.size() + " entries:");
    for (Entry entry : entries.subList(Math.max(0, entries.size() - LATEST), entries.size())) {
      text.append(" [").append(of(entry)).append(']');
    }
    return text.toString();
  }

  private static String of(Entry entry) {
    return switch (entry) {
      case Entry.Run run ->
          run.tick() + " " + run.term() + "/" + run.attempts() + " " + run.outcome();
      case Entry.NotRun ticks ->
          ticks.first() + " to " + ticks.last() + " not run: " + ticks.reason();
    };
  }
}
