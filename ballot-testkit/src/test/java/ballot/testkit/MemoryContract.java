package ballot.testkit;

import ballot.api.ElectionBackend;
import ballot.api.ElectionStore;
import ballot.api.RejectedException;
import ballot.api.Setting;
import ballot.api.SettingValues;
import java.time.Duration;
import java.util.List;

/**
 * The contract on elections in memory. Not run by its name: {@link ElectionContractTest} runs it.
 */
class MemoryContract extends ElectionContract {

  private static final Setting<String> PLACE = Setting.text("memory-place", "Where it is.");

  /** The flaw of the next run; runs follow one another. */
  static volatile Flaw flaw = Flaw.NONE;

  private final MemoryServer server = new MemoryServer(flaw);

  @Override
  protected ElectionBackend backend() {
    return new ElectionBackend() {
      @Override
      public String name() {
        return "memory";
      }

      @Override
      public String summary() {
        return "for tests";
      }

      @Override
      public List<Setting<?>> settings() {
        return List.of(PLACE);
      }

      @Override
      public ElectionStore open(SettingValues values) throws RejectedException {
        if (values.find(PLACE).isPresent() && !server.is(Flaw.ACCEPTS_BAD_SETTINGS)) {
          throw server.is(Flaw.BLAMES_NO_SETTING)
              ? new RejectedException("nowhere")
              : RejectedException.because(PLACE, "nowhere");
        }
        return new MemoryStore(server);
      }
    };
  }

  @Override
  protected Participant participant() {
    return new MemoryStore(server);
  }

  @Override
  protected List<BadSettings> badSettings() {
    return List.of(
        new BadSettings(
            "a place", GivenSettings.none().with(PLACE.name(), "nowhere"), PLACE.name()));
  }

  @Override
  protected Duration silenceBound() {
    return MemoryServer.VALIDITY.plusMillis(200);
  }

  @Override
  protected boolean keepsALedger() {
    return true;
  }

  @Override
  protected int leadershipsToRaceFor() {
    return 100;
  }
}
