package ballot.cli.testing;

import ballot.api.Durations;
import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A backend that only exists in tests, found like any other: what it declares has to show up in
 * options, variables, files and help without the command line knowing of it.
 */
public final class NotebookBackend implements ElectionBackend {

  static final Setting<String> ADDRESS =
      Setting.text("notebook.address", "Where the notebook lies.")
          .withDefault("shelf")
          .withVariables("NOTEBOOK_ADDR");

  static final Setting<String> TOKEN =
      Setting.text("notebook.token", "Opens the notebook.")
          .withVariables("NOTEBOOK_TOKEN")
          .asSecret();

  static final Setting<Path> TOKEN_FILE =
      Setting.path("notebook.token-file", "A file that holds the token.");

  static final Setting<Long> PAGES =
      Setting.number("notebook.pages", 1, 10, "How many pages it has.")
          .withVariables("NOTEBOOK_PAGES");

  static final Setting<List<String>> INKS = Setting.list("notebook.inks", "What to write with.");

  static final Setting<Boolean> LOCKED =
      Setting.onOff("notebook.locked", "Whether it has a lock.").withDefault("false");

  static final Setting<Duration> PATIENCE =
      Setting.duration("notebook.patience", "How long to look for it.")
          .withDefault("3s")
          .withCheck(
              patience ->
                  patience.compareTo(Duration.ofMinutes(1)) <= 0
                      ? Optional.empty()
                      : Optional.of(Durations.format(patience) + " is longer than 1m"));

  static final Setting<String> SCENE =
      Setting.choice("notebook.scene", Scene.words(), "What is written there.")
          .withDefault("empty");

  /** For the service loader. */
  public NotebookBackend() {}

  @Override
  public String name() {
    return "notebook";
  }

  @Override
  public String summary() {
    return "elections in a notebook, for tests";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(ADDRESS, TOKEN, TOKEN_FILE, PAGES, INKS, LOCKED, PATIENCE, SCENE);
  }

  @Override
  public ElectionStore open(SettingValues values) throws RejectedException {
    if (values.get(ADDRESS).equals("nowhere")) {
      throw RejectedException.because(ADDRESS, "'nowhere' is no place; name a shelf");
    }
    return new NotebookStore(Scene.of(values.get(SCENE)), values.find(TOKEN).orElse("no token"));
  }
}
