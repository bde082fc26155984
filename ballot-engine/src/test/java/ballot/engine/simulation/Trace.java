package ballot.engine.simulation;

import ballot.engine.core.Event;
import ballot.engine.core.Moment;
import ballot.engine.core.Snapshot;
import ballot.engine.core.State;
import ballot.engine.core.Step;
import ballot.engine.core.Wording;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened, as a number to compare and, when a person wants to read it, as lines. */
final class Trace {

  /** Who does what nobody in particular does. */
  static final String WORLD = "world";

  private final boolean recording;
  private final List<Line> lines = new ArrayList<>();
  private long hash = 17;

  private record Line(long at, String who, String text) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%11.6f s  %-6s  %s", at / (double) Dice.SECOND, who, text);
    }
  }

  Trace(boolean recording) {
    this.recording = recording;
  }

  boolean isRecording() {
    return recording;
  }

  void mix(long number) {
    hash = Long.rotateLeft((hash ^ number) * 0x9E3779B97F4A7C15L, 27);
  }

  long hash() {
    return hash;
  }

  /** Notes one step of a candidate, whose clock showed {@code start} in the beginning. */
  void step(long at, String who, Snapshot before, Event event, Step step, Moment start) {
    mix(at);
    mix(step.next().wakeAt().nanos() + step.effects().size());
    if (!recording) {
      return;
    }
    State from = before.state();
    State to = step.next().state();
    boolean changes = from.getClass() != to.getClass();
    if (changes || !step.effects().isEmpty() || !(event instanceof Event.Tick)) {
      String change = changes ? "   [" + Wording.of(from) + " -> " + Wording.of(to) + "]" : "";
      note(at, who, Wording.of(event) + change);
    }
    step.effects().forEach(effect -> note(at, who, "    " + Wording.of(effect, start)));
  }

  /** Notes a line; the caller has asked whether anybody reads it, for the sake of speed. */
  void note(long at, String who, String text) {
    lines.add(new Line(at, who, text));
  }

  /** The last lines about some of them, with what happened in the world meanwhile. */
  List<String> last(int count, List<String> names) {
    List<Line> chosen = new ArrayList<>();
    for (int i = lines.size() - 1; i >= 0 && chosen.size() < count; i--) {
      Line line = lines.get(i);
      if (line.who().equals(WORLD) || names.isEmpty() || names.contains(line.who())) {
        chosen.add(line);
      }
    }
    return chosen.reversed().stream()
        .dropWhile(line -> line.who().equals(WORLD))
        .map(Line::toString)
        .toList();
  }
}
