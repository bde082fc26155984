package ballot.cli.settings;

import ballot.api.ElectionBackend;
import java.util.ArrayList;
import java.util.List;

/** Makes the one list of settings. */
public final class Catalogues {

  private Catalogues() {}

  /** Ours, those of the backends, and those that are promised. */
  public static Catalogue of(List<ElectionBackend> backends) {
    List<KnownSetting> known = new ArrayList<>(FenceSettings.all());
    known.addAll(RunOnceSettings.all());
    known.addAll(CronSettings.all());
    known.addAll(GeneralSettings.all());
    known.addAll(LaterSettings.all());
    for (ElectionBackend backend : backends) {
      Scope scope = new Scope.Backend(backend.name());
      backend.settings().forEach(setting -> known.add(KnownSetting.of(setting, scope)));
    }
    return new Catalogue(known);
  }
}
