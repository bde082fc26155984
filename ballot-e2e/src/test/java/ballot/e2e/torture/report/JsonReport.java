package ballot.e2e.torture.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Accounts for programs. */
public final class JsonReport {

  private JsonReport() {}

  /** An array of them. */
  public static String of(List<Account> accounts) {
    return accounts.stream().map(JsonReport::of).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private static String of(Account account) {
    return """
    {"world": %s, "seed": %d, "commit": %s, "seconds": %d, "faults": %s, "starts": %d,
     "elections": %d, "leaderships": %d, "runs": %d, "overlaps": %d, "excepted": %d,
     "medianGapMillis": %d, "longestGapMillis": %d, "slackMillis": %d,
     "longestReturnMillis": %d, "boundMillis": %d, "because": %s,
          "ticksRun": %d, "ticksNamed": %d, "mostDescriptors": %d, "mostThreads": %d,
     "stallMillis": %d, "connectionsASecond": %s,
     "violations": [%s]}\
    """
        .formatted(
            quoted(account.world()),
            account.seed(),
            quoted(account.commit()),
            account.length().toSeconds(),
            map(account.faults()),
            account.starts(),
            account.elections(),
            account.leaderships(),
            account.runs(),
            account.overlaps(),
            account.excepted(),
            account.medianGapMillis(),
            account.longestGapMillis(),
            account.slackMillis(),
            account.longestReturnMillis(),
            account.bound().toMillis(),
            quoted(account.because()),
            account.ticksRun(),
            account.ticksNamed(),
            account.mostDescriptors(),
            account.mostThreads(),
            account.stallMillis(),
            Math.round(account.connections() * 10) / 10.0,
            account.violations().stream()
                .map(
                    each ->
                        "{\"rule\": %s, \"afterMillis\": %d, \"what\": %s}"
                            .formatted(
                                quoted(each.rule()),
                                account.afterMillis(each),
                                quoted(each.what())))
                .collect(Collectors.joining(", ")));
  }

  private static String map(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .map(entry -> quoted(entry.getKey()) + ": " + entry.getValue())
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    text.chars()
        .forEach(
            letter -> {
              if (letter < ' ') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", letter));
              } else {
                quoted.append(letter == '"' || letter == '\\' ? "\\" : "").append((char) letter);
              }
            });
    return quoted.append('"').toString();
  }
}
