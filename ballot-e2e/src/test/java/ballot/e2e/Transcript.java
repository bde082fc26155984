package ballot.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The terminal sessions that a page of documentation shows.
 *
 * <p>A block fenced as {@code console} holds commands, each after {@code $}, and what they print. A
 * word after {@code console} names the terminal, so that two can be at work at once. {@code ^C} in
 * a line of its own ends the command of that terminal. Numbers in the output may differ, and {@code
 * …} stands for anything. A block fenced as {@code console not-run} is only shown, and counted.
 */
final class Transcript {

  private static final String INTERRUPT = "^C";
  private static final Pattern FENCE = Pattern.compile("```(\\S*) ?(.*)");

  private final List<Exchange> exchanges = new ArrayList<>();
  private int notRun;

  /**
   * One command and what is shown of its output.
   *
   * @param line where on the page it stands
   * @param command what is typed
   */
  record Exchange(Path page, int line, String terminal, String command, List<String> shown) {

    /** Whether it is the key that interrupts. */
    boolean isInterrupt() {
      return command.equals(INTERRUPT);
    }

    /** What the output has to look like. */
    Pattern pattern() {
      StringBuilder regex = new StringBuilder("(?s).*?");
      for (String text : shown) {
        regex.append(ofLine(text)).append("\\R.*?");
      }
      return Pattern.compile(regex.toString());
    }

    private static String ofLine(String text) {
      Matcher word = Pattern.compile("…|\\d+|[^…\\d]+").matcher(text.stripTrailing());
      StringBuilder regex = new StringBuilder();
      while (word.find()) {
        String part = word.group();
        if (part.equals("…")) {
          regex.append("[^\\n]*");
        } else {
          regex.append(Character.isDigit(part.charAt(0)) ? "\\d+" : Pattern.quote(part));
        }
      }
      return regex.append("[ ]*").toString();
    }

    @Override
    public String toString() {
      return page.getFileName() + ":" + line + " [" + terminal + "] " + command;
    }
  }

  static Transcript of(Path page) throws IOException {
    Transcript transcript = new Transcript();
    transcript.read(page, Files.readAllLines(page));
    return transcript;
  }

  List<Exchange> exchanges() {
    return List.copyOf(exchanges);
  }

  /** How many blocks are shown but not run. */
  int notRun() {
    return notRun;
  }

  private void read(Path page, List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      Matcher fence = FENCE.matcher(lines.get(i));
      if (!fence.matches()) {
        continue;
      }
      int end = i + 1;
      while (!lines.get(end).startsWith("```")) {
        end++;
      }
      if (fence.group(1).equals("console")) {
        block(page, i + 1, fence.group(2), lines.subList(i + 1, end));
      }
      i = end;
    }
  }

  private void block(Path page, int start, String terminal, List<String> lines) {
    if (terminal.equals("not-run")) {
      notRun++;
      return;
    }
    int i = 0;
    while (i < lines.size()) {
      int from = i;
      StringBuilder command = new StringBuilder(typed(page, start + i + 1, lines.get(i++)));
      while (command.charAt(command.length() - 1) == '\\') {
        command.setLength(command.length() - 1);
        command.append(lines.get(i++).strip());
      }
      List<String> shown = new ArrayList<>();
      while (i < lines.size() && !isTyped(lines.get(i))) {
        if (!lines.get(i).isBlank()) {
          shown.add(lines.get(i));
        }
        i++;
      }
      exchanges.add(new Exchange(page, start + from + 1, terminal, command.toString(), shown));
    }
  }

  private static boolean isTyped(String line) {
    return line.startsWith("$ ") || line.equals(INTERRUPT);
  }

  private static String typed(Path page, int number, String line) {
    if (!isTyped(line)) {
      throw new IllegalStateException(page + ":" + number + " begins with no command");
    }
    return line.equals(INTERRUPT) ? line : line.substring(2);
  }
}
