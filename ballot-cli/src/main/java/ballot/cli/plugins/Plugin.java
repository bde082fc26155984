package ballot.cli.plugins;

import ballot.api.ElectionBackend;
import java.util.Optional;

/**
 * A backend and where it came from.
 *
 * @param name its name, asked once
 * @param version of the jar it is in, as its manifest says
 * @param origin the jar
 */
public record Plugin(ElectionBackend backend, String name, String version, String origin) {

  static Plugin of(ElectionBackend backend, String origin) {
    String version =
        Optional.ofNullable(backend.getClass().getPackage().getImplementationVersion())
            .orElse("unknown");
    int unused = backend.settings().size(); // a broken list fails here, where it is reported
    return new Plugin(backend, backend.name(), version, origin);
  }
}
