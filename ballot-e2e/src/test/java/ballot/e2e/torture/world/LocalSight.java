package ballot.e2e.torture.world;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/** The counter of terms in an election's folder: the highest one is held, or was held last. */
final class LocalSight implements Sight {

  private static final long PAUSE_MILLIS = 20;
  private static final Pattern LINE = Pattern.compile("(0\\d{18}) 0\\d{18} \\1\n");

  private final Path counter;

  LocalSight(Path elections, String election) {
    this.counter = elections.resolve("torture").resolve(election).resolve("term");
  }

  @Override
  public Optional<Holder> next(Duration longest) {
    try {
      Thread.sleep(PAUSE_MILLIS);
      OptionalLong term =
          LINE.matcher(Files.readString(counter))
              .results()
              .mapToLong(line -> Long.parseLong(line.group(1)))
              .max();
      return term.isEmpty() ? Optional.empty() : Optional.of(new Holder(term, term.getAsLong()));
    } catch (IOException none) {
      return Optional.empty();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
