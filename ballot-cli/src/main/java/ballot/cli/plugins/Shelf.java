package ballot.cli.plugins;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;

/** The plugins of one kind: those that were found, one of a name. */
final class Shelf<S> {

  private final Class<S> service;
  private final String kind;
  private final Function<S, Plugin<S>> describe;
  private final List<Plugin<S>> found = new ArrayList<>();

  /**
   * Empty.
   *
   * @param kind what people call them
   * @param describe asks one what it is; what that throws makes it a broken one
   */
  Shelf(Class<S> service, String kind, Function<S, Plugin<S>> describe) {
    this.service = service;
    this.kind = kind;
    this.describe = describe;
  }

  /** The entry of a jar that names them. */
  String entry() {
    return "META-INF/services/" + service.getName();
  }

  List<Plugin<S>> found() {
    return List.copyOf(found);
  }

  /**
   * Takes those that a loader finds.
   *
   * @param jar where to look; empty for the class path
   * @param problems told of those that are broken
   */
  void load(ClassLoader loader, Optional<Path> jar, Consumer<String> problems) {
    var providers = ServiceLoader.load(service, loader).stream().iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        ServiceLoader.Provider<S> provider = providers.next();
        if (jar.isEmpty() || loader.equals(provider.type().getClassLoader())) {
          add(describe.apply(provider.get()), problems);
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
        problems.accept(
            jar.map(Path::toString).orElse("the class path") + ": " + Plugins.reason(broken));
      }
    }
  }

  private void add(Plugin<S> plugin, Consumer<String> problems) {
    Optional<Plugin<S>> rival =
        found.stream().filter(other -> other.name().equals(plugin.name())).findFirst();
    if (rival.isPresent()) {
      problems.accept(
          "%s %s of %s is not used: %s has one of that name"
              .formatted(kind, plugin.name(), plugin.origin(), rival.get().origin()));
    } else {
      found.add(plugin);
    }
  }
}
