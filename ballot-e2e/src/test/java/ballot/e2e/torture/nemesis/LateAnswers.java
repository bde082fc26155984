package ballot.e2e.torture.nemesis;

import ballot.api.BootClock;
import ballot.e2e.site.Network;
import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * One answer of the agent that comes late, and then none: a leader that counts its lease from the
 * answer lets its command run past the true end.
 *
 * <p>Waits for a question of the victim, drops the answer, and lets TCP's next try through. When
 * that comes is set for the loopback device: later than the 200 ms that are kept for the kill, or
 * nothing would be seen of it, and sooner than the 315 ms that ballot waits when it asks first.
 * Aimed at a leader, as it says nothing to others, and drawn more often than most: only every
 * second or third time does it meet a command that does not heed SIGTERM, and all others are gone
 * well before.
 */
final class LateAnswers implements Fault {

  private static final int NEXT_TRY_MILLIS = 255;
  private static final long LONGEST_FOR_A_QUESTION_MILLIS = 1_500;
  private static final long LONGEST_FOR_THE_ANSWER_MILLIS = 700;

  @Override
  public String kind() {
    return "late-answers";
  }

  @Override
  public boolean fits(World world) {
    return world.sites().stream().allMatch(site -> site.agent().isPresent());
  }

  @Override
  public boolean wantsLeader() {
    return true;
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), 130, 200);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Network.Host host = scene.victim().site().host().orElseThrow();
    String whom = scene.told();
    long keptBack = 20 + scene.random().nextInt(NEXT_TRY_MILLIS / 2);
    tryAgainAfter(host, NEXT_TRY_MILLIS);
    if (scene.victim().pid().isPresent()) {
      long pid = scene.victim().pid().orElseThrow();
      Wall half = Wall.build(host, List.of("tcp sport 8500 drop"), List.of());
      await(host, pid, true, LONGEST_FOR_A_QUESTION_MILLIS);
      Thread.sleep(keptBack);
      half.fall();
      await(host, pid, false, LONGEST_FOR_THE_ANSWER_MILLIS);
    }
    Wall whole = Wall.build(host, List.of("tcp sport 8500 drop"), List.of("tcp dport 8500 drop"));
    return Injury.of(whom, whole::fall);
  }

  private static void tryAgainAfter(Network.Host host, int millis)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("ip", "route", "replace", "local", "127.0.0.1", "dev", "lo"));
    words.addAll(List.of("proto", "kernel", "scope", "host", "src", "127.0.0.1"));
    words.addAll(List.of("table", "local", "rto_min", millis + "ms"));
    Shell.run(words);
  }

  private static void await(Network.Host host, long pid, boolean asks, long longestMillis)
      throws IOException, InterruptedException {
    long until = BootClock.nanos() + longestMillis * 1_000_000;
    while (BootClock.nanos() < until && asks(host, pid) != asks) {
      Thread.sleep(5);
    }
  }

  /** Whether something that a process sent to the agent is not confirmed. */
  private static boolean asks(Network.Host host, long pid)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(host.words());
    words.addAll(List.of("ss", "-tnpH", "state", "established", "dport", "=", ":8500"));
    return Shell.run(words)
        .lines()
        .filter(line -> line.contains("pid=" + pid + ","))
        .map(line -> line.strip().split("\\s+"))
        .anyMatch(columns -> !columns[1].equals("0"));
  }
}
