package ballot.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What holds when something has run out. */
@Timeout(60)
class ScarcityTest {

  /** Starts a command, uses up all descriptors, and then kills the command. */
  static final class OutOfDescriptors {

    private OutOfDescriptors() {}

    public static void main(String[] args) throws Exception {
      Commands commands = Commands.open(Shell.forGuard(), new GuardListener() {});
      warmUp(commands);
      Recorder recorder = new Recorder();
      RunningCommand command =
          commands.start(
              CommandSpec.of(new CommandOutput.Relayed(recorder), "bash", "-c", Crowd.SCRIPT),
              Deadline.NEVER,
              recorder);
      recorder.lineAfter("ready");
      CompletableFuture<CommandEnd> second = new CompletableFuture<>();
      List<FileInputStream> all = useUp();
      command.kill();
      CommandEnd end = recorder.end();
      // And a further command is refused, not forgotten.
      commands.start(
          CommandSpec.of(new CommandOutput.Relayed(recorder), "true"),
          Deadline.NEVER,
          second::complete);
      CommandEnd refused = second.join();
      all.forEach(OutOfDescriptors::close);
      System.out.println(recorder.pid() + " " + end);
      System.out.println(refused);
      Runtime.getRuntime().halt(0);
    }

    /** Loads the classes: each is a file of its own here, and in a jar in the product. */
    private static void warmUp(Commands commands) throws Exception {
      Recorder first = new Recorder();
      RunningCommand command =
          commands.start(
              CommandSpec.of(new CommandOutput.Relayed(first), "sh", "-c", "sleep 60 & sleep 60"),
              Deadline.NEVER,
              first);
      first.pid();
      command.kill();
      System.out.println("warm: " + first.exited());
      Recorder second = new Recorder();
      commands.start(
          CommandSpec.of(new CommandOutput.Relayed(second), "true"), new Deadline(0), second);
      System.out.println("warm: " + second.notStarted());
    }

    private static List<FileInputStream> useUp() {
      List<FileInputStream> all = new ArrayList<>();
      try {
        while (true) {
          all.add(new FileInputStream("/dev/null"));
        }
      } catch (IOException none) {
        return all;
      }
    }

    private static void close(FileInputStream file) {
      try {
        file.close();
      } catch (IOException impossible) {
        throw new IllegalStateException(impossible);
      }
    }
  }

  @Test
  void kills_and_counts_when_there_are_no_descriptors_left() throws Exception {
    List<String> words = new ArrayList<>(List.of("bash", "-c", "ulimit -n 200; exec \"$@\"", "sh"));
    words.addAll(
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("java.class.path"),
            OutOfDescriptors.class.getName()));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    try {
      String said = new String(process.getInputStream().readAllBytes());

      assertThat(said).contains("Exited[status=137");
      assertThat(said).contains("NotStarted[reason=FAILED");
      assertThat(said).contains("a new process needs 24 free file descriptors");
      long session =
          Long.parseLong(
              said.lines()
                  .filter(l -> l.matches("[0-9]+ Exited.*"))
                  .findFirst()
                  .orElseThrow()
                  .split(" ", 2)[0]);
      assertThat(Processes.inSession(session)).isEmpty();
    } finally {
      process.destroyForcibly();
    }
  }
}
