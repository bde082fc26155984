package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.testkit.Await;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link CandidateProcess} under a test's orders. */
final class Node implements AutoCloseable {

  private static final Duration STANDSTILL = Duration.ofSeconds(10);

  private final Process process;
  private final BufferedWriter orders;
  private final BufferedReader answers;

  private Node(Process process) throws IOException {
    this.process = process;
    this.orders = process.outputWriter();
    this.answers = process.inputReader();
    assertThat(answers.readLine()).isEqualTo("ready");
  }

  static Node start(Path dir, String id) throws IOException {
    return start(List.of(), System.getProperty("java.class.path"), dir, id);
  }

  /** Starts one below another program, such as {@code setpriv}. */
  static Node start(List<String> prefix, String classPath, Path dir, String id) throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:-UsePerfData", "-Xmx64m"));
    command.addAll(List.of("-cp", classPath));
    command.addAll(List.of(CandidateProcess.class.getName(), dir.toString(), id));
    return new Node(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Gives an order without waiting for its answer. */
  void order(String order) throws IOException {
    orders.write(order);
    orders.newLine();
    orders.flush();
  }

  /** The next answer. */
  String answer() throws IOException {
    String answer = answers.readLine();
    assertThat(answer).as("a process that takes part goes on").isNotNull();
    return answer;
  }

  boolean hasAnswered() throws IOException {
    return answers.ready();
  }

  String ask(String order) throws IOException {
    order(order);
    return answer();
  }

  /** Wins, waiting for it if need be. */
  Win wins(String election) throws IOException {
    order("win " + election + " 20");
    return win();
  }

  /** The answer to an order to win. */
  Win win() throws IOException {
    String answer = answer();
    assertThat(answer).startsWith("elected ");
    String[] words = answer.split(" ");
    return new Win(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]));
  }

  /**
   * A win.
   *
   * @param atNanos when, on the clock that all processes of a machine share
   */
  record Win(long term, long holdOffMillis, long atNanos) {}

  long pid() {
    return process.pid();
  }

  /** Sends a signal, by its name. */
  void signal(String name) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor())
        .isZero();
  }

  /**
   * SIGSTOP, and waits until all of its threads stand still. One that has not been stopped yet can
   * still take a lock that is given back at this moment, and then keeps it: the kernel's privilege.
   */
  void stop() throws IOException, InterruptedException {
    signal("STOP");
    Await.until("it stands still", STANDSTILL, this::standsStill);
  }

  private boolean standsStill() throws IOException {
    try (DirectoryStream<Path> threads =
        Files.newDirectoryStream(Path.of("/proc/" + pid() + "/task"))) {
      for (Path thread : threads) {
        String stat = Files.readString(thread.resolve("stat"), StandardCharsets.ISO_8859_1);
        if (!stat.substring(stat.lastIndexOf(')') + 2).startsWith("T")) {
          return false;
        }
      }
    }
    return true;
  }

  /** SIGKILL, and waits until it is over. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws IOException {
    orders.close();
    try {
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
