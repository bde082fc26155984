package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SignalRelayTest {

  /** Says which signals come; ends after the second TERM. */
  static final class Listener {

    private Listener() {}

    public static void main(String[] args) throws Exception {
      SignalRelay.install(
          EnumSet.allOf(CommandSignal.class),
          (signal, count) -> {
            System.out.println(signal + " " + count);
            if (signal == CommandSignal.TERM && count == 2) {
              Runtime.getRuntime().halt(9);
            }
          });
      System.out.println("ready");
      Thread.sleep(60_000);
    }
  }

  @Test
  void hears_signals_and_counts_them() throws Exception {
    Process process = listener(List.of(), Map.of("_JAVA_SR_SIGNUM", "40"));
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      for (String signal : List.of("HUP", "INT", "USR1", "USR2", "USR1", "TERM", "TERM")) {
        Processes.signal(signal, process.pid());
        String count = signal.equals("USR1") || signal.equals("TERM") ? "[12]" : "1";
        assertThat(out.readLine()).matches(signal + " " + count);
      }
      assertThat(process.waitFor()).isEqualTo(9);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void leaves_alone_what_was_ignored_when_it_was_started() throws Exception {
    Process process =
        listener(List.of("sh", "-c", "trap '' HUP USR1; exec \"$@\"", "sh"), Map.of());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      Processes.signal("HUP", process.pid());
      Processes.signal("USR1", process.pid());
      Processes.signal("INT", process.pid());

      assertThat(out.readLine()).isEqualTo("INT 1");
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void goes_on_without_the_signal_that_the_jvm_keeps_for_itself() throws Exception {
    Process process = listener(List.of(), Map.of());
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      assertThat(out.readLine()).isEqualTo("ready");
      Processes.signal("USR1", process.pid());

      assertThat(out.readLine()).isEqualTo("USR1 1");
    } finally {
      process.destroyForcibly();
    }
  }

  private static Process listener(List<String> before, Map<String, String> environment)
      throws Exception {
    List<String> words = new ArrayList<>(before);
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-cp", System.getProperty("java.class.path"), Listener.class.getName()));
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().remove("_JAVA_SR_SIGNUM");
    builder.environment().putAll(environment);
    return builder.start();
  }
}
