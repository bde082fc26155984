package ballot.engine.core;

import ballot.api.Durations;
import ballot.api.Lease;
import ballot.api.Term;
import ballot.api.Verdict;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A story of one candidate as text. Lines such as {@code 5ms: answer 1: elected term 7 for 2s} are
 * what happens to it, indented lines are what it does about that, and ticks come by themselves,
 * when the machine asked for them. {@code until 3s} lets time pass, {@code frozen until 3s} without
 * a tick.
 */
final class Transcript {

  private static final Pattern HAPPENING = Pattern.compile("(\\S+): (.+)");
  private static final Pattern ANSWER = Pattern.compile("answer (\\d+): (.+)");
  private static final Pattern ELECTED =
      Pattern.compile(
          "elected term (\\d+)(?: for (\\S+?)| without end)(?:, holding off (\\S+?))?"
              + "(?:, to step down: (.+))?");
  private static final Pattern NOT_ELECTED =
      Pattern.compile("not elected, (.+), look again in (\\S+)");
  private static final Pattern ENDED =
      Pattern.compile("run (\\d+) ended with (\\d+)(, overdue)?(?: \\((.+)\\))?");
  private static final Pattern TOLD = Pattern.compile("told to leave by signal (\\d+)");

  private static final Moment START = new Moment(0);

  private final StringBuilder out = new StringBuilder();
  private Moment frozenUntil = START;
  private @Nullable ElectionMachine machine;
  private @Nullable Snapshot snapshot;

  private Transcript() {}

  /** Plays a story again: its happenings as they stand there, everything else as it turns out. */
  static String play(String text) {
    Transcript transcript = new Transcript();
    text.lines().forEach(transcript::read);
    return transcript.out.toString();
  }

  private void read(String line) {
    if (line.startsWith("#") || line.isBlank()) {
      write(line);
    } else if (line.startsWith("rules:")) {
      write(line);
      begin(RulesText.read(line.substring("rules:".length())));
    } else if (line.startsWith("until ")) {
      passTimeUntil(at(line.substring("until ".length())));
      write(line);
    } else if (line.startsWith("frozen until ")) {
      frozenUntil = at(line.substring("frozen until ".length()));
      write(line);
    } else if (!line.startsWith(" ") && !line.endsWith(": tick")) {
      happen(line);
    }
  }

  private void begin(Rules rules) {
    machine = new ElectionMachine(rules, 1);
    snapshot = machine.begin(START);
    step(new Event.Tick(), START);
  }

  private void happen(String line) {
    Matcher happening = match(HAPPENING, line);
    Moment when = at(happening.group(1));
    passTimeUntil(when);
    Event event = event(happening.group(2));
    if (event instanceof Event.Answered answered && !isOpen(answered.number())) {
      throw new IllegalArgumentException("there is no such question to answer: " + line);
    }
    step(event, when);
  }

  private boolean isOpen(long number) {
    return now().memory.open().filter(open -> open.number() == number).isPresent();
  }

  private void passTimeUntil(Moment end) {
    for (Moment next = now().wakeAt(); next.compareTo(end) < 0; next = now().wakeAt()) {
      Moment awake = Moment.later(next, frozenUntil);
      if (awake.compareTo(end) >= 0) {
        return;
      }
      step(new Event.Tick(), awake);
    }
  }

  private Snapshot now() {
    if (snapshot == null) {
      throw new IllegalArgumentException("the rules come first");
    }
    return snapshot;
  }

  private void step(Event event, Moment when) {
    Snapshot before = now();
    if (machine == null) {
      throw new IllegalArgumentException("the rules come first");
    }
    Step step = machine.step(before, event, when);
    snapshot = step.next();
    write(Wording.span(START.until(when)) + ": " + Wording.of(event));
    String from = Wording.of(before.state());
    String to = Wording.of(step.next().state());
    if (!from.equals(to)) {
      write("    [" + from + " -> " + to + "]");
    }
    step.effects().forEach(effect -> write("    " + Wording.of(effect)));
  }

  private void write(String line) {
    out.append(line).append('\n');
  }

  private static Event event(String text) {
    Matcher answer = ANSWER.matcher(text);
    if (answer.matches()) {
      return new Event.Answered(Long.parseLong(answer.group(1)), answer(answer.group(2)));
    }
    Matcher ended = ENDED.matcher(text);
    if (ended.matches()) {
      String message = ended.group(4) == null ? "" : ended.group(4);
      return new Event.WorkEnded(
          Long.parseLong(ended.group(1)),
          new Event.Outcome(Integer.parseInt(ended.group(2)), message, ended.group(3) != null));
    }
    if (text.equals("fit") || text.startsWith("unfit: ")) {
      return new Event.Fitness(
          Optional.of(text).filter(unfit -> unfit.contains(": ")).map(unfit -> unfit.substring(7)));
    }
    return text.equals("signal")
        ? new Event.Signalled()
        : new Event.ToldToLeave(Integer.parseInt(match(TOLD, text).group(1)));
  }

  private static Answer answer(String text) {
    return switch (text) {
      case "given back" -> new Answer.GivenBack();
      case "silent" -> new Answer.Silent("no answer in time");
      case "refused" -> new Answer.Refused("permission denied");
      default -> new Answer.Ruled(verdict(text));
    };
  }

  private static Verdict verdict(String text) {
    Matcher no = NOT_ELECTED.matcher(text);
    if (no.matches()) {
      return new Verdict.NotElected(Optional.empty(), no.group(1), Durations.parse(no.group(2)));
    }
    Matcher yes = match(ELECTED, text);
    Term term = new Term(Long.parseLong(yes.group(1)));
    String validFor = yes.group(2);
    String holdOff = yes.group(3);
    return new Verdict.Elected(
        validFor == null ? Lease.unbounded(term) : new Lease(term, Durations.parse(validFor)),
        holdOff == null ? Duration.ZERO : Durations.parse(holdOff),
        Optional.ofNullable(yes.group(4)));
  }

  private static Moment at(String time) {
    return START.plus(Durations.parse(time));
  }

  private static Matcher match(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("cannot read: " + text);
    }
    return matcher;
  }
}
