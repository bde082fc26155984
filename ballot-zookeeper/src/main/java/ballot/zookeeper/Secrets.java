package ballot.zookeeper;

import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads what stands in a setting or, for whoever prefers that, in a file. */
final class Secrets {

  private Secrets() {}

  /** The secret, and the setting that gave it. */
  record Secret(String text, Setting<?> setting) {

    /** For records' own texts: never shown. */
    @Override
    public String toString() {
      return "(secret)";
    }
  }

  static Optional<Secret> find(SettingValues values, Setting<String> direct, Setting<Path> inFile)
      throws RejectedException {
    Optional<String> given = values.find(direct);
    if (given.isPresent()) {
      return given.map(text -> new Secret(text, direct));
    }
    Optional<Path> file = values.find(inFile);
    if (file.isEmpty()) {
      return Optional.empty();
    }
    try {
      String text = Files.readString(file.get()).strip();
      if (text.isEmpty()) {
        throw RejectedException.because(inFile, "is empty: " + file.get());
      }
      return Optional.of(new Secret(text, inFile));
    } catch (IOException unreadable) {
      throw RejectedException.because(inFile, "cannot be read: " + file.get());
    }
  }
}
