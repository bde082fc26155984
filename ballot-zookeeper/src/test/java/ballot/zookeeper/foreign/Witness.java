package ballot.zookeeper.foreign;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Writes down when the commands of candidates start and stop, in one folder for many processes, and
 * finds out whether two ever ran at once.
 *
 * <p>In two ways: a file that only one process can create is there while a command runs, and every
 * event is written with the machine's monotonic clock, which all processes share.
 */
public final class Witness {

  private final Path running;
  private final Path events;
  private final Path overlaps;

  /** In a folder that exists. */
  public Witness(Path folder) {
    this.running = folder.resolve("running");
    this.events = folder.resolve("events");
    this.overlaps = folder.resolve("overlaps");
  }

  /** What happened. */
  public enum What {
    /** The command began to run. */
    START,
    /** The leader wrote that it is alive, and the store took it. */
    BEAT,
    /** The command has ended. */
    STOP
  }

  /**
   * One event.
   *
   * @param at nanoseconds of the monotonic clock
   */
  public record Event(What what, String who, long at) {}

  /** A command begins to run. */
  public void starts(String who) {
    try {
      Files.writeString(running, who, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException taken) {
      append(overlaps, who + " started while another ran: " + runs());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    note(What.START, who);
  }

  /** The leader is alive. */
  public void beats(String who) {
    note(What.BEAT, who);
  }

  /** The command has ended; also written by whoever killed its process, after it was gone. */
  public void stops(String who) {
    note(What.STOP, who);
    try {
      if (runs().equals(who)) {
        Files.deleteIfExists(running);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whose command runs; empty if nobody's. */
  public String runs() {
    try {
      return Files.readString(running);
    } catch (NoSuchFileException nobody) {
      return "";
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void note(What what, String who) {
    append(events, what + " " + who + " " + System.nanoTime());
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(
          file,
          line + "\n",
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static List<String> lines(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Everything that happened, in the order in which it was written. */
  public List<Event> events() {
    return lines(events).stream().map(Witness::event).toList();
  }

  private static Event event(String line) {
    String[] parts = line.split(" ");
    return new Event(What.valueOf(parts[0]), parts[1], Long.parseLong(parts[2]));
  }

  /** The last event of that kind by that candidate, or the epoch of the clock if there is none. */
  public Event last(What what, String who) {
    return events().stream()
        .filter(event -> event.what() == what && event.who().equals(who))
        .reduce((one, other) -> other)
        .orElse(new Event(what, who, Long.MIN_VALUE));
  }

  /** How often that happened to that candidate. */
  public long count(What what, String who) {
    return events().stream()
        .filter(event -> event.what() == what && event.who().equals(who))
        .count();
  }

  /** Every overlap that either way of looking has seen. */
  public List<String> overlaps() {
    List<String> found = new ArrayList<>(lines(overlaps));
    Set<String> run = new HashSet<>();
    List<Event> sorted =
        events().stream()
            .filter(event -> event.what() != What.BEAT)
            .sorted((one, other) -> Long.compare(one.at(), other.at()))
            .toList();
    for (Event event : sorted) {
      if (event.what() == What.STOP) {
        run.remove(event.who());
      } else if (!run.add(event.who()) || run.size() > 1) {
        found.add("at " + event.at() + " " + run + " run at once");
      }
    }
    return found;
  }
}
