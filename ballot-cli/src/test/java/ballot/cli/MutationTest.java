package ballot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.cli.testing.Trial;
import ballot.cli.testing.Trial.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files and command lines that went wrong in every way: each is either used or refused in one line,
 * and none is a fault of ours. What is drawn hangs on the number in the message alone.
 */
final class MutationTest {

  private static final int FILES = 3_000;
  private static final int LINES = 5_000;

  private static final String FILE =
      """
      # what a file can say
      backend: notebook
      log-level: debug
      stop-timeout: 1m30s
      candidate-id: "${HOST:-somebody}"
      notebook:
        address: shelf
        token: hunter2
        inks: [red, 'blue', "green"]
        pages: 7
      election: &here
        path: jobs/backup
        enabled:
          - web
        services:
          web: {id: web, key: k, ttl: 10s, execOnPromote: 'echo ${ADDRESS}'}
          db:
            <<: {id: db}
            serviceChecks: [ping]
      """;

  private static final List<String> PIECES =
      List.of(
          ":",
          "- ",
          "\t",
          "{",
          "}",
          "[",
          "]",
          "&a ",
          "*a",
          "*here",
          "!!int ",
          "'",
          "\"",
          "|\n",
          ">\n",
          "---\n",
          "...\n",
          "%YAML 9.9\n",
          "? ",
          "<<: *here\n",
          "${",
          "${X}",
          "${X:-",
          "$${",
          "#",
          "\u0000",
          "\u0085",
          "\ufeff",
          "\r",
          "~",
          "null",
          "consul:\n",
          "  ",
          "log_level: x\n",
          "\ud83d\ude00",
          "a".repeat(2000),
          "[".repeat(200));

  private static final List<String> WORDS =
      List.of(
          "run",
          "once",
          "cron",
          "info",
          "plugins",
          "help",
          "watch",
          "config",
          "show",
          "--",
          "-",
          "-o",
          "-h",
          "-V",
          "--help",
          "--version",
          "json",
          "--output=json",
          "--backend",
          "notebook",
          "--backend=notebook",
          "local",
          "--notebook-pages",
          "3",
          "--notebook-pages=99",
          "--notebook-token",
          "--notebook-token=hunter2",
          "--log-level",
          "debug",
          "--log-format=json",
          "--stop-timeout",
          "10s",
          "--wait=never",
          "--debug",
          "--debug=false",
          "--wrap-child-logs",
          "false",
          "--slots",
          "--election",
          "a/b",
          "--election=//",
          "--config",
          "b.yaml",
          "--config=",
          "--plugin-dir",
          ".",
          "--candidat-id",
          "--=",
          "---",
          "-=",
          "=",
          "",
          " ",
          "\n",
          "--candidate-id=\u0000",
          "--exit-code",
          "true",
          "sleep",
          "\u001b[2J",
          "--no-debug",
          "--LOG-LEVEL=info",
          "--log-level=INFO",
          "--x=http://a:b@c");

  @TempDir private Path folder;

  @Test
  void a_broken_file_is_used_or_refused_in_one_line() {
    Trial trial = new Trial(Main::run, folder).with("HOST", "host-7");
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int seed = 0; seed < FILES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      boolean json = random.nextInt(10) == 0;
      byte[] bytes = mutated(FILE, random);
      String name = json ? "b.json" : "b.yaml";
      trial.file("work/" + name, bytes);
      check("file " + seed, trial.run("info", "--config", name), statuses);
    }
    System.out.println("mutated files, by status: " + statuses);
    assertThat(statuses).containsKeys(0, 78);
  }

  private static byte[] mutated(String text, SplittableRandom random) {
    StringBuilder mutant = new StringBuilder(text);
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes; i++) {
      int at = random.nextInt(mutant.length());
      switch (random.nextInt(4)) {
        case 0 -> mutant.insert(at, PIECES.get(random.nextInt(PIECES.size())));
        case 1 -> mutant.delete(at, Math.min(mutant.length(), at + 1 + random.nextInt(12)));
        case 2 -> mutant.setCharAt(at, (char) random.nextInt(1, 128));
        default -> mutant.insert(at, mutant.substring(random.nextInt(at + 1), at));
      }
      if (mutant.isEmpty()) {
        mutant.append('x');
      }
    }
    byte[] bytes = mutant.toString().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(8) == 0) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return bytes;
  }

  @Test
  void a_broken_command_line_is_used_or_refused_in_one_line() {
    Trial trial = new Trial(Main::run, folder);
    trial.file("work/b.yaml", FILE);
    Map<Integer, Integer> statuses = new TreeMap<>();
    for (int seed = 0; seed < LINES; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<String> line = new ArrayList<>();
      if (random.nextInt(3) > 0) {
        line.addAll(List.of("run", "once", "--backend", "notebook"));
      }
      int words = random.nextInt(8);
      for (int i = 0; i < words; i++) {
        line.add(random.nextInt(line.size() + 1), WORDS.get(random.nextInt(WORDS.size())));
      }
      check("line " + seed + " " + line, trial.run(line), statuses);
    }
    System.out.println("mutated command lines, by status: " + statuses);
    assertThat(statuses).containsKeys(0, 64);
  }

  private static void check(String what, Outcome outcome, Map<Integer, Integer> statuses) {
    statuses.merge(outcome.status(), 1, Integer::sum);
    String about = what + ": " + outcome.stderr();
    assertThat(outcome.status()).as(about).isIn(0, 64, 78);
    assertThat(outcome.stderr()).as(about).doesNotContain("hunter2", "Exception", "\tat ");
    if (outcome.status() != 0) {
      assertThat(outcome.stderr().lines()).as(about).hasSize(1);
      assertThat(outcome.stderr()).as(about).startsWith("ballot: ");
      assertThat(outcome.request()).as(about).isEmpty();
    }
  }
}
