package ballot.cli.plugins;

import ballot.api.ElectionBackend;
import ballot.api.HookExecutor;
import java.security.CodeSource;
import java.util.Optional;

/**
 * Something that was found and can be used, and where it came from.
 *
 * @param provider what can be used
 * @param name its name, asked once
 * @param summary one line for people
 * @param version of the jar it is in, as its manifest says
 * @param origin the jar
 */
public record Plugin<T>(T provider, String name, String summary, String version, String origin) {

  static Plugin<ElectionBackend> of(ElectionBackend backend) {
    int unused = backend.settings().size(); // a broken list fails here, where it is reported
    return found(backend, backend.name(), backend.summary());
  }

  static Plugin<HookExecutor> of(HookExecutor hooks) {
    return found(hooks, hooks.name(), hooks.summary());
  }

  private static <T> Plugin<T> found(T provider, String name, String summary) {
    Class<?> type = provider.getClass();
    String version =
        Optional.ofNullable(type.getPackage().getImplementationVersion()).orElse("unknown");
    return new Plugin<>(provider, name, summary, version, originOf(type));
  }

  private static String originOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "unknown";
    }
    String path = source.getLocation().getPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }
}
