package ballot.cli.wrong;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Makes command lines go wrong. */
public final class WrongLines {

  private static final List<String> GOOD =
      List.of(
          "run once --backend notebook -- CMD",
          "run once --consul-address 127.0.0.1:8500 --election jobs/backup -- CMD",
          "run once --backend consul --election jobs/worker --candidate-id worker-7 CMD",
          "run once --backend local --wait 0s --on-child-success exit --on-child-error rerun CMD",
          "run once --backend local --wrap-child-logs=false --stop-timeout 1m30s -- CMD",
          "run once --zookeeper-servers a,b:2181 --zookeeper-session-timeout 5s -- CMD",
          "--backend notebook --notebook-pages 3 run --log-format=json once --debug -- CMD",
          "run cron --backend local --schedule @hourly --catch-up last --deadline 1h -- CMD",
          "run cron --backend notebook --schedule @daily --timezone Europe/Berlin -- CMD",
          "run cron --schedule @weekly --next 5",
          "run --config good.yaml",
          "info --backend notebook --output json --exit-code",
          "info --backend=notebook -o table --election=a/b",
          "plugins -o yaml",
          "fence --token 7 --file F -- CMD",
          "fence --token=9 --file=F --wait=1s CMD",
          "help run once",
          "--version",
          "run once --help");

  private static final List<String> WORDS =
      List.of(
          "run",
          "once",
          "cron",
          "info",
          "fence",
          "plugins",
          "help",
          "watch",
          "config",
          "check",
          "doctor",
          "resume",
          "--",
          "-",
          "-o",
          "-h",
          "-V",
          "--help",
          "--version",
          "--=",
          "---",
          "=",
          "--backend",
          "--election",
          "--config",
          "--plugin-dir",
          "--token",
          "--file",
          "--wait",
          "--schedule",
          "--next",
          "--slots",
          "--to",
          "--consul-token",
          "--consul-token=x",
          "--notebook-token",
          "--consul-address",
          "--zookeeper-servers",
          "--no-debug",
          "--LOG-LEVEL=info",
          "--log-lvel=info",
          "--debug=perhaps",
          "--candidate-id=");

  private WrongLines() {}

  /**
   * A line.
   *
   * @param command what it would run
   */
  public static List<String> draw(SplittableRandom random, List<String> command) {
    List<String> line = new ArrayList<>();
    for (String word : Slips.pick(GOOD, random).split(" ", -1)) {
      if (word.equals("CMD")) {
        line.addAll(command);
      } else {
        line.add(word);
      }
    }
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      change(line, random);
    }
    if (line.contains("info")) {
      // It would ask whatever store the rest of the line names.
      int end = line.indexOf("--");
      line.add(end < 0 ? line.size() : end, "--backend=notebook");
    }
    return line;
  }

  private static void change(List<String> line, SplittableRandom random) {
    if (line.isEmpty()) {
      line.add(Slips.value(random));
      return;
    }
    int at = random.nextInt(line.size());
    int other = random.nextInt(line.size());
    switch (random.nextInt(9)) {
      case 0 -> line.remove(at);
      case 1 -> line.add(other, line.get(at));
      case 2 -> Collections.swap(line, at, other);
      case 3 -> line.add(at, Slips.pick(WORDS, random));
      case 4 -> line.set(at, Slips.value(random));
      case 5 -> line.set(at, keyOf(line.get(at)) + "=" + Slips.value(random));
      case 6 -> line.set(at, flipped(line.get(at), random));
      case 7 -> line.subList(at, line.size()).clear();
      default -> line.set(at, line.get(at) + Slips.value(random));
    }
  }

  private static String keyOf(String word) {
    int equals = word.indexOf('=');
    return equals < 0 ? word : word.substring(0, equals);
  }

  private static String flipped(String word, SplittableRandom random) {
    if (word.isEmpty()) {
      return word;
    }
    StringBuilder text = new StringBuilder(word);
    int at = random.nextInt(text.length());
    text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
    return text.toString();
  }
}
