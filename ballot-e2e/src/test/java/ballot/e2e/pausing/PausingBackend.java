package ballot.e2e.pausing;

import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** One of the program's own backends, whose leaders hold still where a test wants it. */
public final class PausingBackend implements ElectionBackend {

  private static final Setting<String> DELEGATE =
      Setting.text("pausing-delegate", "The backend that does the work.").withDefault("local");

  private static final Setting<Path> FOLDER =
      Setting.path("pausing-folder", "Where pauses are asked for, and pages of ledgers are kept.")
          .withDefault(".");

  /** For the loader of services. */
  public PausingBackend() {}

  @Override
  public String name() {
    return "pausing";
  }

  @Override
  public String summary() {
    return "another backend, for tests";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(DELEGATE, FOLDER);
  }

  @Override
  public ElectionStore open(SettingValues values) throws RejectedException {
    String name = values.get(DELEGATE);
    ClassLoader programs = ElectionBackend.class.getClassLoader();
    for (ElectionBackend backend : ServiceLoader.load(ElectionBackend.class, programs)) {
      if (backend.name().equals(name)) {
        return new PausingStore(backend.open(values), new PauseFolder(values.get(FOLDER)));
      }
    }
    throw new RejectedException("pausing-delegate: there is no backend " + name);
  }
}
