package ballot.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.e2e.site.Await;
import ballot.e2e.site.Consul;
import ballot.e2e.site.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shell example of the README and of docs/ is run, and prints what the page shows. */
@Tag("server")
final class DocumentationTest {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path home;
  private final Map<String, Running> terminals = new HashMap<>();

  /** The command that a terminal is busy with. */
  private record Running(Transcript.Exchange exchange, Process process, Path output) {}

  static Stream<Path> pages() throws IOException {
    Path root = Program.root();
    List<Path> pages = new ArrayList<>(List.of(root.resolve("README.md")));
    if (Files.isDirectory(root.resolve("docs"))) {
      try (Stream<Path> files = Files.walk(root.resolve("docs"))) {
        files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
      }
    }
    return pages.stream();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void prints_what_the_page_shows(Path page) throws Exception {
    Transcript transcript = Transcript.of(page);
    try (Consul consul = Consul.start(home)) {
      for (Transcript.Exchange exchange : transcript.exchanges()) {
        perform(exchange, consul);
      }
      for (Running running : terminals.values()) {
        interrupt(running);
        finish(running);
      }
    }
    System.out.printf(
        "%s: %d commands run, %d blocks only shown%n",
        page.getFileName(), transcript.exchanges().size(), transcript.notRun());
  }

  private void perform(Transcript.Exchange exchange, Consul consul) throws Exception {
    Running before = terminals.remove(exchange.terminal());
    Running running;
    if (exchange.isInterrupt()) {
      running = Objects.requireNonNull(before, "nothing to interrupt");
      interrupt(running);
    } else {
      finish(before);
      running = start(exchange, consul);
    }
    terminals.put(exchange.terminal(), running);
    awaitOutput(running, exchange);
  }

  private Running start(Transcript.Exchange exchange, Consul consul) throws IOException {
    Path output = Files.createTempFile(home, "output", "");
    Path root = Program.root();
    ProcessBuilder builder =
        new ProcessBuilder("setsid", "bash", "-c", exchange.command())
            .directory(root.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("HOME", home.toString());
    builder.environment().put("XDG_STATE_HOME", home.resolve("state").toString());
    builder.environment().put("CONSUL_HTTP_ADDR", consul.address());
    return new Running(exchange, builder.start(), output);
  }

  private static void awaitOutput(Running running, Transcript.Exchange exchange) throws Exception {
    Await.until(
        PATIENCE,
        () -> exchange + " did not print what is shown, but:\n" + read(running),
        () -> exchange.pattern().matcher(read(running)).matches());
  }

  private static String read(Running running) {
    try {
      return Files.readString(running.output()) + "\n";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void interrupt(Running running) throws Exception {
    new ProcessBuilder("kill", "-INT", "--", "-" + running.process().pid()).start().waitFor();
  }

  private static void finish(@Nullable Running running) throws InterruptedException {
    if (running != null) {
      assertThat(running.process().waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
          .as("%s ended", running.exchange())
          .isTrue();
    }
  }
}
