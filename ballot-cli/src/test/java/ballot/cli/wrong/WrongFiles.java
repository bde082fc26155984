package ballot.cli.wrong;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Makes files of settings go wrong. */
public final class WrongFiles {

  private static final String BOMB =
      """
      a0: &a0 [x, x, x, x, x, x, x, x, x, x]
      a1: &a1 [*a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0, *a0]
      a2: &a2 [*a1, *a1, *a1, *a1, *a1, *a1, *a1, *a1, *a1, *a1]
      a3: &a3 [*a2, *a2, *a2, *a2, *a2, *a2, *a2, *a2, *a2, *a2]
      a4: &a4 [*a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3, *a3]
      a5: &a5 [*a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4, *a4]
      a6: &a6 [*a5, *a5, *a5, *a5, *a5, *a5, *a5, *a5, *a5, *a5]
      a7: &a7 [*a6, *a6, *a6, *a6, *a6, *a6, *a6, *a6, *a6, *a6]
      a8: &a8 [*a7, *a7, *a7, *a7, *a7, *a7, *a7, *a7, *a7, *a7]
      """;

  private static final List<String> BLOCKS =
      List.of(
          BOMB,
          BOMB + "plugin-dir: *a8\n",
          BOMB + "zookeeper-servers: *a8\n",
          "zookeeper-servers: &s [*s]\n",
          "election: &e {services: *e}\n",
          "<<: [*a, *b]\n",
          "base: &b {log-level: debug}\n<<: *b\n",
          "---\n...\n---\n",
          "%TAG ! tag:x,2000:\n---\n",
          "? [a, b]\n: c\n",
          "\t- x\n",
          "{\"log-level\": \"debug\", \"log-level\": \"info\"}\n",
          "consul: [address]\n",
          "election: 7\n",
          "election: {enabled: {web: true}}\n",
          "election: {enabled: [web, web], services: {web: null}}\n",
          "log_level: info\nLOG-LEVEL: debug\n",
          "backend: local\nbackend: consul\n");

  private final List<String> good;

  /** From files that are good. */
  public WrongFiles(List<String> good) {
    this.good = List.copyOf(good);
  }

  /** The bytes of one. */
  public byte[] draw(SplittableRandom random) {
    String text = Slips.pick(good, random);
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      text = changed(text, random);
    }
    return encoded(text, random);
  }

  private static byte[] encoded(String text, SplittableRandom random) {
    byte[] bytes =
        switch (random.nextInt(30)) {
          case 0 -> text.getBytes(StandardCharsets.UTF_16);
          case 1 -> text.getBytes(StandardCharsets.ISO_8859_1);
          case 2 -> text.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
          default -> text.getBytes(StandardCharsets.UTF_8);
        };
    if (random.nextInt(4) == 0 && bytes.length > 0) {
      for (int i = random.nextInt(1, 4); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return bytes;
  }

  private String changed(String text, SplittableRandom random) {
    List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
    int at = random.nextInt(lines.size());
    int other = random.nextInt(lines.size());
    switch (random.nextInt(12)) {
      case 0 -> lines.remove(at);
      case 1 -> lines.add(other, lines.get(at));
      case 2 -> Collections.swap(lines, at, other);
      case 3 -> swapKeys(lines, at, other);
      case 4, 5, 6 -> lines.set(at, keyOf(lines.get(at)) + ": " + Slips.value(random));
      case 7 -> lines.set(at, Slips.value(random) + ":" + valueOf(lines.get(at)));
      case 8 -> lines.set(at, " ".repeat(random.nextInt(8)) + lines.get(at).strip());
      case 9 -> lines.add(at, Slips.pick(BLOCKS, random));
      case 10 -> lines.add(at, nested(random));
      default -> lines.subList(Math.min(at, other), Math.max(at, other)).clear();
    }
    return String.join("\n", lines);
  }

  private static String keyOf(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }

  private static String valueOf(String line) {
    return line.substring(Math.min(line.length(), keyOf(line).length() + 1));
  }

  private static void swapKeys(List<String> lines, int one, int two) {
    String first = lines.get(one);
    String second = lines.get(two);
    lines.set(one, keyOf(second) + ":" + valueOf(first));
    lines.set(two, keyOf(first) + ":" + valueOf(second));
  }

  private static String nested(SplittableRandom random) {
    int depth = 1 << random.nextInt(14);
    return switch (random.nextInt(4)) {
      case 0 -> "deep: " + "[".repeat(depth) + "]".repeat(depth);
      case 1 -> "deep: " + "{a: ".repeat(depth) + "x" + "}".repeat(depth);
      case 2 -> "- ".repeat(depth) + "x";
      default -> {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < Math.min(depth, 300); i++) {
          text.append(" ".repeat(i)).append("a:\n");
        }
        yield text.toString();
      }
    };
  }
}
