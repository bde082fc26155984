package ballot.cli.commands;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The name of this host, from the kernel: a name server may take its time. */
final class HostName {

  private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

  private HostName() {}

  static String of(Map<String, String> environment) {
    try {
      String name = Files.readString(KERNEL).strip();
      return name.isEmpty() ? elsewhere(environment) : name;
    } catch (IOException notLinux) {
      return elsewhere(environment);
    }
  }

  private static String elsewhere(Map<String, String> environment) {
    String name = environment.getOrDefault("HOSTNAME", "");
    if (!name.isBlank()) {
      return name;
    }
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "localhost";
    }
  }
}
