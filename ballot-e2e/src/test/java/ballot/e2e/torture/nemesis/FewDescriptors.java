package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Ballot may open no more descriptors than it has. */
final class FewDescriptors implements Fault {

  @Override
  public String kind() {
    return "no-descriptors";
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(500, 8_000);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    if (scene.victim().pid().isEmpty()) {
      return Injury.missed(scene.told());
    }
    String whom = scene.told();
    String pid = Long.toString(scene.victim().pid().orElseThrow());
    String limits = limits(pid);
    long used;
    try (Stream<Path> open = Files.list(Path.of("/proc", pid, "fd"))) {
      used = open.count();
    }
    String hard = limits.substring(limits.indexOf(':') + 1);
    Shell.run(List.of("prlimit", "--pid", pid, "--nofile=" + used + ":" + hard));
    return Injury.of(whom, () -> restore(pid, limits));
  }

  private static String limits(String pid) throws Exception {
    String said =
        Shell.run(
            List.of(
                "prlimit", "--pid", pid, "--nofile", "--raw", "--noheadings", "-o", "SOFT,HARD"));
    return String.join(":", said.strip().split("\\s+"));
  }

  private static void restore(String pid, String limits) throws Exception {
    if (Files.exists(Path.of("/proc", pid))) {
      Shell.run(List.of("prlimit", "--pid", pid, "--nofile=" + limits));
    }
  }
}
