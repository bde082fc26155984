package ballot.local;

import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.nio.file.Path;
import java.util.List;

/**
 * Elections among the processes of one machine, in a folder, by the kernel's file locks.
 *
 * <p>Leadership ends with the process that holds it, at once and in no other way: a leader that is
 * stopped or slow keeps it. Not for folders that several machines share.
 */
public final class LocalBackend implements ElectionBackend {

  static final String NAME = "local";

  /** Where elections are kept. */
  static final Setting<Path> DIR =
      Setting.path(
          "local-dir",
          "Folder in which the local backend keeps its elections, an absolute path. Without it"
              + " $XDG_STATE_HOME/ballot, else ~/.local/state/ballot, for one user alone; a folder"
              + " of mode 2770 is shared by its group, one of mode 1777 by everybody");

  /** Made by {@link java.util.ServiceLoader}. */
  public LocalBackend() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "processes of one machine; needs a folder and nothing else";
  }

  @Override
  public List<Setting<?>> settings() {
    return List.of(DIR);
  }

  @Override
  public ElectionStore open(SettingValues values) throws RejectedException {
    LocalFolder folder = new LocalFolder(dir(values));
    folder.check();
    return LocalStore.open(folder);
  }

  static Path dir(SettingValues values) {
    return values.find(DIR).orElseGet(() -> defaultDir(values));
  }

  private static Path defaultDir(SettingValues values) {
    return values
        .environment("XDG_STATE_HOME")
        .map(Path::of)
        .filter(Path::isAbsolute)
        .orElseGet(() -> Path.of(System.getProperty("user.home", "/"), ".local", "state"))
        .resolve("ballot");
  }
}
