package ballot.cli.wrong;

import java.util.List;
import java.util.SplittableRandom;

/** What people, editors and templates put where something else should stand. */
final class Slips {

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "~",
          "null",
          "true",
          "NaN",
          "-1",
          "0",
          "1e999",
          "0x7f",
          "9".repeat(400),
          "99999999999999999999",
          "-9223372036854775809",
          "10 parsecs",
          "1h1h",
          "P1Y",
          "PT99999999999999H",
          "292471209y",
          "[]",
          "{}",
          "[a, [b]]",
          "{a: {b: c}}",
          "a,b,,c",
          "http://user:pass@host:99999/",
          "//",
          "/",
          "..",
          "~/",
          "${",
          "${X",
          "${X:-${Y}}",
          "$(id)",
          "`id`",
          "%s%n%d",
          "@|red x|@",
          "\u0000",
          "a\u0000b",
          "\u001b[2J",
          "line\nballot: all is well",
          "\r",
          "\ufeff",
          "\u0085",
          "\u2028",
          "\u202e",
          "\ud83d\ude00",
          "\ud800",
          "e\u0301\u0323",
          "ſtderr",
          "İnfo",
          "--",
          "-",
          "--debug",
          "!!int x",
          "!!java.lang.Runtime {}",
          "&a *a",
          "*nobody",
          "<<",
          "? ",
          "|",
          ">",
          "'",
          "\"",
          "{{ template }}",
          "@daily",
          "* * * * * * *",
          "0 0 31 2 *",
          "CRON_TZ=Mars/Base 0 0 * * *",
          "@every 0s");

  private Slips() {}

  static String value(SplittableRandom random) {
    int kind = random.nextInt(12);
    return switch (kind) {
      case 0 -> "x".repeat(1 << random.nextInt(17));
      case 1 -> "[".repeat(1 << random.nextInt(13));
      case 2 -> text(random);
      default -> pick(VALUES, random);
    };
  }

  /** Any characters at all, halves of pairs included. */
  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(40); i > 0; i--) {
      text.append((char) (random.nextInt(3) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
    }
    return text.toString();
  }

  /** One of the entries. */
  static <T> T pick(List<T> entries, SplittableRandom random) {
    return entries.get(random.nextInt(entries.size()));
  }
}
