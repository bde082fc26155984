package ballot.cli.testing;

import ballot.cli.fence.FenceRequest;
import ballot.cli.fence.RunFenced;
import ballot.cli.process.Surroundings;
import ballot.cli.process.Terminal;
import ballot.cli.run.RunOnce;
import ballot.cli.run.RunOnceRequest;
import ballot.cli.services.RunServices;
import ballot.cli.services.ServicesRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One run in this JVM, in surroundings of its own under a folder of the test. */
public final class Trial {

  /** How a test starts the program; the entry point of the tests' own package. */
  @FunctionalInterface
  public interface Entry {

    /** Runs and gives back the status. */
    int run(
        List<String> arguments,
        Surroundings here,
        RunOnce runner,
        RunServices services,
        RunFenced fence);
  }

  /**
   * How a run ended.
   *
   * @param request what {@code run once} handed over, if it came to that
   * @param services the same of {@code run}
   * @param fence the same of {@code fence}
   */
  public record Outcome(
      int status,
      String stdout,
      String stderr,
      Optional<RunOnceRequest> request,
      Optional<ServicesRequest> services,
      Optional<FenceRequest> fence) {

    /** What was handed over. */
    public RunOnceRequest handedOver() {
      return request.orElseThrow(() -> new AssertionError("status " + status + ": " + stderr));
    }
  }

  private final Entry entry;
  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private final List<Path> pluginFolders = new ArrayList<>();
  private Terminal terminal = Terminal.NONE;
  private RunOnce runner = request -> 0;
  private RunServices services = request -> 0;
  private @Nullable OutputStream stdout;

  /** In a folder that is empty so far. */
  public Trial(Entry entry, Path folder) {
    this.entry = entry;
    this.folder = folder;
    for (String place : List.of("work", "home", "etc")) {
      try {
        Files.createDirectories(folder.resolve(place));
      } catch (IOException unwritable) {
        throw new UncheckedIOException(unwritable);
      }
    }
  }

  /** Sets a variable of the environment. */
  public Trial with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Lets terminals read the output. */
  public Trial on(Terminal screen) {
    terminal = screen;
    return this;
  }

  /** Adds a folder where plugins are looked for by default. */
  public Trial withPlugins(Path plugins) {
    pluginFolders.add(plugins);
    return this;
  }

  /** Does this where the command would be run. */
  public Trial running(RunOnce instead) {
    runner = instead;
    return this;
  }

  /** Does this where services would stand. */
  public Trial standing(RunServices instead) {
    services = instead;
    return this;
  }

  /** Prints to this stream. */
  public Trial printingTo(OutputStream stream) {
    stdout = stream;
    return this;
  }

  /** Writes a file below {@code home}, {@code work} or {@code etc}. */
  public Path file(String name, String text) {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes a file of these bytes. */
  public Path file(String name, byte[] bytes) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException unwritable) {
      throw new UncheckedIOException(unwritable);
    }
  }

  /** Runs. */
  public Outcome run(String... arguments) {
    return run(List.of(arguments));
  }

  /** Runs. */
  public Outcome run(List<String> arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<RunOnceRequest> requests = new ArrayList<>();
    List<ServicesRequest> standing = new ArrayList<>();
    List<FenceRequest> fenced = new ArrayList<>();
    Surroundings here =
        new Surroundings(
            environment,
            folder.resolve("work"),
            folder.resolve("home"),
            folder.resolve("etc"),
            pluginFolders,
            stdout == null ? out : stdout,
            err,
            terminal);
    int status =
        entry.run(
            arguments,
            here,
            request -> {
              requests.add(request);
              return runner.run(request);
            },
            request -> {
              standing.add(request);
              return services.run(request);
            },
            request -> {
              fenced.add(request);
              return 0;
            });
    return new Outcome(
        status,
        out.toString(StandardCharsets.UTF_8),
        err.toString(StandardCharsets.UTF_8),
        requests.stream().findFirst(),
        standing.stream().findFirst(),
        fenced.stream().findFirst());
  }
}
