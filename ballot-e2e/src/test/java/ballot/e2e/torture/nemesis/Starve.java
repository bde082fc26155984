package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ballot gets a few hundredths of a processor: by a group of cgroup's first version, and where
 * there is none by being stopped and let go ten times a second.
 */
final class Starve implements Fault {

  private static final Path GROUPS = Path.of("/sys/fs/cgroup/cpu");
  private static final AtomicInteger COUNT = new AtomicInteger();

  @Override
  public String kind() {
    return "starve-ballot";
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), 50, 300);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    int percent = 1 + scene.random().nextInt(8);
    String whom = scene.told() + ", " + percent + " %";
    if (scene.victim().pid().isEmpty()) {
      return Injury.missed(whom);
    }
    if (!Files.isWritable(GROUPS.resolve("cpu.shares"))) {
      return Injury.of(whom, new Jog(scene.victim().pid().orElseThrow(), percent)::end);
    }
    String pid = Long.toString(scene.victim().pid().orElseThrow());
    Path group =
        GROUPS.resolve("torture-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet());
    Files.createDirectory(group);
    Files.writeString(group.resolve("cpu.cfs_quota_us"), Integer.toString(percent * 1_000));
    move(pid, group);
    return Injury.of(whom, () -> free(group));
  }

  /** Takes away the groups of this process. */
  static void tidyUp() throws IOException {
    if (Files.isDirectory(GROUPS)) {
      String ours = "torture-" + ProcessHandle.current().pid() + "-*";
      try (DirectoryStream<Path> left = Files.newDirectoryStream(GROUPS, ours)) {
        for (Path group : left) {
          free(group);
        }
      }
    }
  }

  private static void move(String pid, Path group) throws IOException {
    try {
      Files.writeString(group.resolve("cgroup.procs"), pid);
    } catch (IOException gone) {
      if (Files.exists(Path.of("/proc", pid))) {
        throw gone;
      }
    }
  }

  /** What was started meanwhile is in the group as well. */
  private static void free(Path group) throws IOException {
    Files.writeString(group.resolve("cpu.cfs_quota_us"), "-1");
    for (int tries = 0; tries < 50; tries++) {
      for (String pid : Files.readAllLines(group.resolve("cgroup.procs"))) {
        move(pid, GROUPS);
      }
      if (Files.readString(group.resolve("cgroup.procs")).isEmpty() && group.toFile().delete()) {
        return;
      }
    }
  }
}
