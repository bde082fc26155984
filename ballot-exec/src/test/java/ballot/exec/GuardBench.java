package ballot.exec;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Kills a program that runs a stubborn command of more than twenty processes, and prints how long
 * it takes until none is left, for each shell that the guard can run in. Argument: rounds a shell.
 */
final class GuardBench {

  private GuardBench() {}

  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? 50 : Integer.parseInt(args[0]);
    for (String shell : List.of("bash -p", "busybox sh", "dash")) {
      List<Double> millis = new ArrayList<>();
      for (int i = 0; i < rounds; i++) {
        millis.add(round(shell).toNanos() / 1e6);
      }
      Collections.sort(millis);
      long late = millis.stream().filter(one -> one > 1000).count();
      System.out.printf(
          "%-10s  %d of %d within 1 s, median %.1f ms, maximum %.1f ms%n",
          shell, rounds - late, rounds, millis.get(rounds / 2), millis.getLast());
    }
  }

  private static Duration round(String shell) throws Exception {
    try (Victim victim = Victim.start("--shell", shell, "--", "bash", "-c", Crowd.SCRIPT)) {
      victim.lineAfter("out ready");
      long session = victim.command();
      Processes.signal("KILL", victim.pid());
      return Await.within(
          Duration.ofSeconds(10), "all are gone", () -> Processes.inSession(session).isEmpty());
    }
  }
}
