package ballot.local;

import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.testkit.BadSettings;
import ballot.testkit.ElectionContract;
import ballot.testkit.GivenSettings;
import ballot.testkit.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The contract, with all candidates in one JVM. */
class LocalContractTest extends ElectionContract {

  @TempDir private Path dir;

  @Override
  protected ElectionBackend backend() {
    return new LocalBackend();
  }

  @Override
  protected Participant participant() {
    HangingDisk disk = new HangingDisk();
    ElectionStore store = new LocalStore(new LocalFolder(dir.resolve("elections")), disk);
    return new LocalParticipant(store, disk);
  }

  @Override
  protected boolean validityIsBounded() {
    return false;
  }

  @Override
  protected boolean keepsALedger() {
    return true;
  }

  @Override
  protected Duration silenceBound() {
    return Duration.ZERO;
  }

  @Override
  protected int leadershipsToRaceFor() {
    return 500;
  }

  @Override
  protected List<BadSettings> badSettings() throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "no folder");
    Path open = Files.createDirectory(dir.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    return List.of(
        bad("a relative path", "elections"),
        bad("a file", file.toString()),
        bad("a folder below a file", file.resolve("elections").toString()),
        bad("a folder in which everybody may replace everything", open.toString()),
        bad("a folder where nothing can be made", "/proc/ballot"));
  }

  private static BadSettings bad(String what, String dir) {
    return new BadSettings(
        what, GivenSettings.none().with("local-dir", dir), LocalBackend.DIR.name());
  }

  private record LocalParticipant(ElectionStore store, HangingDisk disk) implements Participant {

    @Override
    public void fallSilent() {
      // the kernel looks at the process, and that is still there
    }

    @Override
    public void cutOff() {
      disk.hang(true);
    }

    @Override
    public void reconnect() {
      disk.hang(false);
    }

    @Override
    public void close() {
      disk.hang(false);
      store.close();
    }
  }
}
