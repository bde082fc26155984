package ballot.exec;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps what a command says and how it goes with it. */
class Recorder implements LineSink, CommandListener {

  final List<String> out = new ArrayList<>();
  final List<String> err = new ArrayList<>();
  final List<Boolean> continued = new ArrayList<>();
  final AtomicLong dropped = new AtomicLong();
  final AtomicInteger ends = new AtomicInteger();
  final CompletableFuture<Long> started = new CompletableFuture<>();
  final CompletableFuture<CommandEnd> end = new CompletableFuture<>();

  @Override
  public synchronized void line(Stream stream, String text, boolean isContinued) {
    (stream == Stream.STDOUT ? out : err).add(text);
    continued.add(isContinued);
  }

  @Override
  public void dropped(Stream stream, long lines) {
    dropped.addAndGet(lines);
  }

  @Override
  public void started(long pid) {
    started.complete(pid);
  }

  @Override
  public void ended(CommandEnd how) {
    ends.incrementAndGet();
    end.complete(how);
  }

  synchronized List<String> linesOut() {
    return List.copyOf(out);
  }

  synchronized List<String> linesErr() {
    return List.copyOf(err);
  }

  /** Waits for the process. */
  long pid() throws Exception {
    return started.get(40, TimeUnit.SECONDS);
  }

  /** Waits for the end. */
  CommandEnd end() throws Exception {
    return end.get(40, TimeUnit.SECONDS);
  }

  /** Waits for the end of a command that was executed. */
  CommandEnd.Exited exited() throws Exception {
    if (end() instanceof CommandEnd.Exited exited) {
      return exited;
    }
    throw new AssertionError("was not executed: " + end());
  }

  /** Waits for the end of a command that was not executed. */
  CommandEnd.NotStarted notStarted() throws Exception {
    if (end() instanceof CommandEnd.NotStarted notStarted) {
      return notStarted;
    }
    throw new AssertionError("was executed: " + end());
  }

  /** Waits until there is a line that begins so, and gives the rest of it. */
  String lineAfter(String beginning) throws Exception {
    Await.until(
        "a line that begins with " + beginning,
        () -> linesOut().stream().anyMatch(line -> line.startsWith(beginning)));
    return linesOut().stream()
        .filter(line -> line.startsWith(beginning))
        .findFirst()
        .orElseThrow()
        .substring(beginning.length());
  }
}
