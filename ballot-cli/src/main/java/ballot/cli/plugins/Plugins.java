package ballot.cli.plugins;

import ballot.api.ElectionBackend;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/**
 * The backends that were found, and what was wrong with those that were not. A broken plugin is
 * reported and passed over: it must not take the others with it.
 */
public final class Plugins {

  private final List<Plugin> found = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  /** Looks on the class path. */
  public static Plugins onClassPath() {
    Plugins plugins = new Plugins();
    plugins.load(Plugins.class.getClassLoader(), Optional.empty());
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
        load(new URLClassLoader(place, ElectionBackend.class.getClassLoader()), Optional.of(jar));
      } else {
        problems.add(jar + ": names no " + ElectionBackend.class.getName() + " as a service");
      }
    } catch (IOException unreadable) {
      problems.add(jar + ": cannot be read: " + reason(unreadable));
    }
  }

  private static boolean isPlugin(Path jar) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      return file.getEntry("META-INF/services/" + ElectionBackend.class.getName()) != null;
    }
  }

  private void load(ClassLoader loader, Optional<Path> jar) {
    var providers = ServiceLoader.load(ElectionBackend.class, loader).stream().iterator();
    while (true) {
      try {
        if (!providers.hasNext()) {
          return;
        }
        ServiceLoader.Provider<ElectionBackend> provider = providers.next();
        if (jar.isEmpty() || loader.equals(provider.type().getClassLoader())) {
          add(Plugin.of(provider.get(), originOf(provider.type())));
        }
      } catch (ServiceConfigurationError | LinkageError | RuntimeException broken) {
        problems.add(jar.map(Path::toString).orElse("the class path") + ": " + reason(broken));
      }
    }
  }

  private void add(Plugin plugin) {
    Optional<Plugin> rival =
        found.stream().filter(other -> other.name().equals(plugin.name())).findFirst();
    if (rival.isPresent()) {
      problems.add(
          "backend %s of %s is not used: %s has one of that name"
              .formatted(plugin.name(), plugin.origin(), rival.get().origin()));
    } else {
      found.add(plugin);
    }
  }

  private static String originOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    if (source == null) {
      return "unknown";
    }
    String path = source.getLocation().getPath();
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  private static String reason(Throwable broken) {
    Throwable cause = broken;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.toString() : cause.getMessage();
  }

  /** The plugins that can be used. */
  public List<Plugin> found() {
    return List.copyOf(found);
  }

  /** The backends of the plugins that can be used. */
  public List<ElectionBackend> backends() {
    return found.stream().map(Plugin::backend).toList();
  }

  /** What is wrong with the others, a line each. */
  public Stream<String> problems() {
    return problems.stream();
  }
}
