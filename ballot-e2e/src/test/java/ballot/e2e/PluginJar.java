package ballot.e2e;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/** A plugin as users have them, made of classes of these tests. */
final class PluginJar {

  private static final String SERVICE = "META-INF/services/ballot.api.ElectionBackend";

  private PluginJar() {}

  /**
   * Writes it.
   *
   * @param folder where it is to lie
   * @param neighbour a class of the package that it is made of
   * @param backend the name of the class in that package which is the backend
   */
  static void write(Path folder, Class<?> neighbour, String backend) throws Exception {
    Path classes = Path.of(neighbour.getProtectionDomain().getCodeSource().getLocation().toURI());
    String place = neighbour.getPackageName().replace('.', '/');
    Path jar = folder.resolve(backend + ".jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file)) {
      for (Path one : classesIn(classes.resolve(place))) {
        put(out, place + "/" + one.getFileName(), Files.readAllBytes(one));
      }
      String name = neighbour.getPackageName() + "." + backend + "\n";
      put(out, SERVICE, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static List<Path> classesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(path -> path.toString().endsWith(".class")).sorted().toList();
    }
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}
