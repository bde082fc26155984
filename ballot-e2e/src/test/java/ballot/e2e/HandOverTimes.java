package ballot.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What commands say of when they began and ended, all by one clock: each writes a line of its own,
 * in one piece, with nothing but what its shell has built in.
 */
final class HandOverTimes {

  /** What a line says. */
  enum What {
    START,
    TERM,
    END
  }

  /**
   * A line.
   *
   * @param token the fencing token, 0 where there is none
   * @param micros wall clock
   */
  record Mark(What what, String candidate, long token, long micros) {

    static Mark of(String line) {
      String[] words = line.split(" ");
      return new Mark(
          What.valueOf(words[0]),
          words[1],
          Long.parseLong(words[2]),
          Long.parseLong(words[3].replaceAll("[.,]", "")));
    }
  }

  private static final String COMMAND =
      """
      #!/bin/bash
      # $1: the candidate. Ends when something is written to its FIFO, or when asked to.
      tell() { echo "$1 $name ${BALLOT_RUN_FENCING_TOKEN:-0} $EPOCHREALTIME" >> "%1$s/times"; }
      name=$1
      tell START
      trap 'tell END; exit 0' TERM
      exec 3<> "%1$s/$name"
      read -r _ <&3
      tell END
      """;

  private final Path folder;
  private final Path command;
  private final Path times;

  HandOverTimes(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.times = Files.createFile(folder.resolve("times"));
    this.command = Files.writeString(folder.resolve("command"), COMMAND.formatted(folder));
    command.toFile().setExecutable(true);
  }

  /** The command of a candidate. */
  List<String> command(String candidate) throws IOException, InterruptedException {
    run("mkfifo", folder.resolve(candidate).toString());
    return List.of(command.toString(), candidate);
  }

  /** Makes a command end by itself. */
  void letEnd(String candidate) throws IOException {
    Files.writeString(folder.resolve(candidate), "go\n");
  }

  /** Sends SIGTERM, and writes down when. */
  void terminate(String candidate, long pid) throws IOException, InterruptedException {
    String script = "echo \"TERM $1 0 $EPOCHREALTIME\" >> \"$2\"; kill -TERM \"$3\"";
    run("bash", "-c", script, "bash", candidate, times.toString(), Long.toString(pid));
  }

  /** How much has been written. */
  long size() throws IOException {
    return Files.size(times);
  }

  /** What has been written since then, whole lines only. */
  List<Mark> since(long size) throws IOException {
    byte[] all = Files.readAllBytes(times);
    String text = new String(all, (int) size, all.length - (int) size, StandardCharsets.UTF_8);
    List<Mark> marks = new ArrayList<>();
    text.substring(0, text.lastIndexOf('\n') + 1).lines().map(Mark::of).forEach(marks::add);
    return marks;
  }

  private static void run(String... line) throws IOException, InterruptedException {
    int status = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException(List.of(line) + " ended with " + status);
    }
  }
}
