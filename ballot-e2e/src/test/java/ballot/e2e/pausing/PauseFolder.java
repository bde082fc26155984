package ballot.e2e.pausing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * Where a test says at which window the next leader is to hold still, and where that leader says
 * that it does. One window at a time, and one leader: who renames the wish has it.
 */
public record PauseFolder(Path folder) {

  /** Who holds still, and at which tick. */
  public record Arrival(String candidate, Instant tick) {

    static Arrival of(String line) {
      String[] words = line.strip().split(" ");
      return new Arrival(words[0], Instant.parse(words[1]));
    }
  }

  /** Asks for a pause. */
  public void want(Window window) throws IOException {
    Files.createFile(wish(window));
  }

  /** The wish for a pause, which is there until a leader takes it. */
  public Path wish(Window window) {
    return folder.resolve("wanted-" + window.word());
  }

  /** The leader that took the wish, once it holds still. */
  public Optional<Arrival> arrived() throws IOException {
    try {
      return Optional.of(Arrival.of(Files.readString(announcement())));
    } catch (NoSuchFileException notYet) {
      return Optional.empty();
    }
  }

  /** Forgets the leader that held still. */
  public void clear() throws IOException {
    Files.delete(announcement());
  }

  private Path announcement() {
    return folder.resolve("arrived");
  }

  /** Holds still for good if a pause is wanted here. */
  void pass(Window window, String candidate, Instant tick) throws InterruptedException {
    try {
      Path taken = folder.resolve("taken");
      Files.move(wish(window), taken, StandardCopyOption.ATOMIC_MOVE);
      Files.writeString(taken, candidate + " " + tick + "\n");
      Files.move(taken, announcement(), StandardCopyOption.ATOMIC_MOVE);
      new CountDownLatch(1).await();
    } catch (NoSuchFileException notWanted) {
      // on it goes
    } catch (IOException wrong) {
      throw new UncheckedIOException(wrong);
    }
  }

  /**
   * The same for a shell script, which goes on when its parent has died: lines that come to an end
   * at once if no pause is wanted.
   */
  public String script(Window window) {
    return """
    if [ -e '%1$s' ] && mv '%1$s' '%2$s/taken' 2>/dev/null; then
      echo "$BALLOT_RUN_CANDIDATE_ID $BALLOT_RUN_TICK" >'%2$s/taken'
      mv '%2$s/taken' '%2$s/arrived'
      while kill -0 $PPID 2>/dev/null; do sleep 0.02; done
    fi
    """
        .formatted(wish(window), folder);
  }
}
