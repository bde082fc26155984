package ballot.cli.plugins;

import ballot.api.ElectionBackend;
import ballot.api.HookExecutor;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The plugins that were found, and what was wrong with those that were not. A broken plugin is
 * reported and passed over: it must not take the others with it. Kinds of hooks are looked for when
 * somebody asks for them.
 */
public final class Plugins {

  private record Place(ClassLoader loader, Optional<Path> jar) {}

  private final Shelf<ElectionBackend> backends =
      new Shelf<>(ElectionBackend.class, "backend", Plugin::of);
  private final Shelf<HookExecutor> hooks = new Shelf<>(HookExecutor.class, "hook", Plugin::of);
  private final List<Place> places = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private int placesSearchedForHooks;

  /** Looks on the class path. */
  public static Plugins onClassPath() {
    Plugins plugins = new Plugins();
    plugins.add(new Place(Plugins.class.getClassLoader(), Optional.empty()));
    return plugins;
  }

  private Plugins() {}

  /** Looks into a folder too: each jar in it is a plugin with classes of its own. */
  public void addFolder(Path folder) {
    File[] jars = folder.toFile().listFiles((parent, name) -> name.endsWith(".jar"));
    if (jars == null) {
      return;
    }
    Arrays.stream(jars).sorted().map(File::toPath).forEach(this::addJar);
  }

  /** Not closed: its classes are used until the program ends. */
  @SuppressWarnings("resource")
  private void addJar(Path jar) {
    try {
      if (isPlugin(jar)) {
        URL[] place = {jar.toUri().toURL()};
        ClassLoader loader = new URLClassLoader(place, ElectionBackend.class.getClassLoader());
        add(new Place(loader, Optional.of(jar)));
      } else {
        problems.add(
            "%s: names neither %s nor %s as a service"
                .formatted(jar, ElectionBackend.class.getName(), HookExecutor.class.getName()));
      }
    } catch (IOException unreadable) {
      problems.add(jar + ": cannot be read: " + reason(unreadable));
    }
  }

  private boolean isPlugin(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return Stream.of(backends, hooks).anyMatch(shelf -> file.getEntry(shelf.entry()) != null);
    }
  }

  private void add(Place place) {
    places.add(place);
    backends.load(place.loader(), place.jar(), problems::add);
  }

  static String reason(Throwable broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** The backends that can be used, and where they come from. */
  public List<Plugin<ElectionBackend>> foundBackends() {
    return backends.found();
  }

  /** The backends that can be used. */
  public List<ElectionBackend> backends() {
    return backends.found().stream().map(Plugin::provider).toList();
  }

  /** The kinds of hooks that can be used, and where they come from. */
  public List<Plugin<HookExecutor>> foundHooks() {
    for (Place place : places.subList(placesSearchedForHooks, places.size())) {
      hooks.load(place.loader(), place.jar(), problems::add);
    }
    placesSearchedForHooks = places.size();
    return hooks.found();
  }

  /** The kinds of hooks that can be used. */
  public List<HookExecutor> hooks() {
    return foundHooks().stream().map(Plugin::provider).toList();
  }

  /** What is wrong with the others, a line each. */
  public Stream<String> problems() {
    return problems.stream();
  }
}
