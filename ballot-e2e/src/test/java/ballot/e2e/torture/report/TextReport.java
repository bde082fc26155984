package ballot.e2e.torture.report;

import java.time.Duration;
import java.util.List;

/** Accounts for people. */
public final class TextReport {

  private TextReport() {}

  /** All of them, one after the other. */
  public static String of(List<Account> accounts) {
    StringBuilder text = new StringBuilder();
    accounts.forEach(account -> append(text, account));
    return text.toString();
  }

  private static void append(StringBuilder text, Account account) {
    text.append(
        "== %s, %s, seed %d, commit %s%n"
            .formatted(account.world(), span(account.length()), account.seed(), account.commit()));
    line(text, "faults injected", account.faultCount());
    account.faults().forEach((kind, count) -> line(text, "  " + kind, count));
    line(text, "starts of ballot", account.starts());
    line(text, "elections held", account.elections());
    line(text, "leaderships completed", account.leaderships());
    line(text, "runs of the command", account.runs());
    line(text, "overlaps", account.overlaps());
    line(text, "overlaps after ballot and guard were taken away together", account.excepted());
    millis(text, "median time without a leader", account.medianGapMillis());
    millis(text, "longest time without a leader", account.longestGapMillis());
    if (account.slackMillis() >= 0) {
      millis(text, "smallest slack before the lease's end", account.slackMillis());
    } else {
      text.append(
          "  %-58s %s%n".formatted("smallest slack before the lease's end", "no lease ends here"));
    }
    millis(text, "longest time from a fault's end to a leader", account.longestReturnMillis());
    text.append(
        "  %-58s %s: %s%n".formatted("its bound", span(account.bound()), account.because()));
    line(text, "ticks of a schedule that were run, once each", account.ticksRun());
    line(text, "ticks that were not, and are named", account.ticksNamed());
    line(text, "most descriptors of a ballot", (int) account.mostDescriptors());
    line(text, "most threads of a ballot", (int) account.mostThreads());
    text.append(
        "  %-58s %.1f%n"
            .formatted(
                "most connections begun a second by a host's two ballots", account.connections()));
    millis(text, "longest time for which the machine itself stood still", account.stallMillis());
    line(text, "violations", account.violations().size());
    account
        .violations()
        .forEach(
            each ->
                text.append(
                    "    %s after %.1f s: %s%n"
                        .formatted(each.rule(), account.afterMillis(each) / 1_000.0, each.what())));
  }

  private static void line(StringBuilder text, String name, int count) {
    text.append("  %-58s %d%n".formatted(name, count));
  }

  private static void millis(StringBuilder text, String name, long millis) {
    text.append("  %-58s %.3f s%n".formatted(name, millis / 1_000.0));
  }

  private static String span(Duration duration) {
    return duration.toString().substring(2).toLowerCase(java.util.Locale.ROOT);
  }
}
