package ballot.exec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A program that runs one command, to be killed and stopped from outside. Says on standard error
 * what happens, one line each: {@code started PID}, {@code out LINE}, {@code err LINE}, {@code
 * ended END}.
 *
 * <p>Arguments: {@code [--inherit] [--for-ms N] [--record FILE] [--shell WORDS] [--without-end] --
 * CMD ARG…}; {@code --for-ms} is the deadline from now; {@code --without-end} starts several at a
 * time, kills each as soon as it has started, and begins again; {@code --end-when FILE} asks the
 * command to end when the file appears, and kills it when FILE.asked does; {@code --prepare-only}
 * makes ready for the command, and never starts it.
 */
final class Host {

  private Host() {}

  public static void main(String[] args) throws Exception {
    Queue<String> words = new ArrayDeque<>(List.of(args));
    boolean inherits = false;
    boolean isEndless = false;
    boolean onlyPrepares = false;
    @Nullable Path endWhen = null;
    Deadline deadline = Deadline.NEVER;
    @Nullable Path record = null;
    Shell shell = Shell.forGuard();
    for (String word = words.remove(); !word.equals("--"); word = words.remove()) {
      switch (word) {
        case "--inherit" -> inherits = true;
        case "--for-ms" -> deadline = Await.inMillis(Long.parseLong(words.remove()));
        case "--end-when" -> endWhen = Path.of(words.remove());
        case "--prepare-only" -> onlyPrepares = true;
        case "--without-end" -> isEndless = true;
        case "--record" -> record = Path.of(words.remove());
        case "--shell" -> shell = Shell.named(words.remove());
        default -> throw new IllegalArgumentException(word);
      }
    }
    LineSink sink =
        new LineSink() {
          @Override
          public void line(Stream stream, String text, boolean continued) {
            say((stream == Stream.STDOUT ? "out " : "err ") + text);
          }

          @Override
          public void dropped(Stream stream, long lines) {
            say("dropped " + lines);
          }
        };
    CommandOutput output =
        inherits ? new CommandOutput.Inherited() : new CommandOutput.Relayed(sink);
    CommandSpec spec =
        new CommandSpec(
            List.copyOf(words), Map.of(), name -> false, output, Duration.ofSeconds(2), record);
    CompletableFuture<CommandEnd> end = new CompletableFuture<>();
    say("deadline " + deadline.centiseconds());
    GuardListener listener =
        new GuardListener() {
          @Override
          public void replaced(String why) {
            say("replaced " + why);
          }
        };
    try (Commands commands = Commands.open(shell, listener)) {
      if (onlyPrepares) {
        commands.prepare(spec);
        end.join(); // until it is killed
      }
      for (int i = 0; isEndless && i < 4; i++) {
        startAgain(commands, spec);
      }
      RunningCommand command =
          commands.start(
              spec,
              deadline,
              new CommandListener() {
                @Override
                public void started(long pid) {
                  say("started " + pid);
                }

                @Override
                public void ended(CommandEnd how) {
                  end.complete(how);
                }
              });
      if (endWhen != null) {
        Path file = endWhen;
        Await.until("a file appears", () -> Files.exists(file));
        command.terminate(CommandSignal.TERM);
        Path asked = file.resolveSibling(file.getFileName() + ".asked");
        Await.until("the command was asked", () -> Files.exists(asked));
        command.kill();
      }
      say("ended " + end.get());
    }
    System.exit(end.get() instanceof CommandEnd.Exited exited ? exited.status() : 1);
  }

  private static void startAgain(Commands commands, CommandSpec spec) {
    CompletableFuture<RunningCommand> command = new CompletableFuture<>();
    command.complete(
        commands.start(
            spec,
            Deadline.NEVER,
            new CommandListener() {
              @Override
              public void started(long pid) {
                command.join().kill();
              }

              @Override
              public void ended(CommandEnd how) {
                startAgain(commands, spec);
              }
            }));
  }

  private static synchronized void say(String line) {
    System.err.println(line);
  }
}
