package ballot.cli.testing;

import ballot.api.ElectionBackend;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** A plugin as a stranger makes it: compiled against the API alone, and packed. */
public final class PluginJar {

  private static final String SOURCE =
      """
      package stranger;
      import ballot.api.*;
      import java.util.List;
      public final class Plugin implements ElectionBackend {
        public Plugin() { %s }
        public String name() { return "%s"; }
        public String summary() { return "counts"; }
        public List<Setting<?>> settings() { return List.of(%s); }
        public ElectionStore open(SettingValues values) throws RejectedException {
          throw new RejectedException("not made for opening");
        }
      }
      """;

  private final String name;
  private String setting = "";
  private String fault = "";
  private String version = "0";
  private boolean service = true;
  private boolean compiled = true;

  private PluginJar(String name) {
    this.name = name;
  }

  /** A backend of that name. */
  public static PluginJar named(String name) {
    return new PluginJar(name);
  }

  /** With a setting of its own. */
  public PluginJar withSetting(String dotted) {
    setting = "Setting.text(\"" + dotted + "\", \"How many.\")";
    return this;
  }

  /** With this version in its manifest. */
  public PluginJar withVersion(String number) {
    version = number;
    return this;
  }

  /** With this statement where it is made. */
  public PluginJar withFault(String statement) {
    fault = statement;
    return this;
  }

  /** Without the line that names its class. */
  public PluginJar withoutService() {
    service = false;
    return this;
  }

  /** Without its class. */
  public PluginJar withoutClass() {
    compiled = false;
    return this;
  }

  /** Compiles and packs it. */
  public void writeTo(Path jar) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      if (service) {
        out.putNextEntry(new JarEntry("META-INF/services/ballot.api.ElectionBackend"));
        out.write("stranger.Plugin\n".getBytes(StandardCharsets.UTF_8));
      }
      if (compiled) {
        out.putNextEntry(new JarEntry("stranger/Plugin.class"));
        out.write(compile());
      }
    }
  }

  private byte[] compile() throws IOException {
    Path folder = Files.createTempDirectory("plugin");
    Path source = folder.resolve("Plugin.java");
    Files.writeString(source, SOURCE.formatted(fault, name, setting));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    Path api =
        Path.of(
            URI.create(
                ElectionBackend.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toString()));
    List<String> options = List.of("-d", folder.toString(), "-proc:none", "-cp", api.toString());
    try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
      boolean done =
          compiler
              .getTask(messages, files, null, options, null, files.getJavaFileObjects(source))
              .call();
      if (!done) {
        throw new IllegalStateException(messages.toString());
      }
    }
    return Files.readAllBytes(folder.resolve("stranger/Plugin.class"));
  }
}
