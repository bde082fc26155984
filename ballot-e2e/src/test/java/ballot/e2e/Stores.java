package ballot.e2e;

import ballot.e2e.site.Consul;
import ballot.e2e.site.ZooKeeper;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The stores that {@link Cycles} can run on, and what is counted in each. */
final class Stores {

  private Stores() {}

  /** The store of that name, just started. */
  static Cycles.Store of(String backend, Path folder) throws Exception {
    Files.createDirectories(folder);
    return switch (backend) {
      case "local" -> new Local(folder.resolve("elections"));
      case "consul" -> new OnConsul(Consul.start(folder));
      case "zookeeper" -> new OnZooKeeper(ZooKeeper.start(folder, 1));
      default -> throw new IllegalArgumentException("unknown backend " + backend);
    };
  }

  private record Local(Path elections) implements Cycles.Store {

    @Override
    public List<String> options() {
      return List.of("--backend", "local", "--local-dir", elections.toString());
    }

    @Override
    public Map<String, Long> counts() throws IOException {
      Lasting files = new Lasting();
      Files.walkFileTree(elections, files);
      return Map.of("files", files.count);
    }

    @Override
    public void close() {}
  }

  /** Counts what lasts: not what is being made, or is rehearsed with. */
  private static final class Lasting extends SimpleFileVisitor<Path> {

    private long count;

    @Override
    public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
      if (isPassing(dir)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      count++;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      count += isPassing(file) ? 0 : 1;
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
      if (failure instanceof NoSuchFileException) {
        return FileVisitResult.CONTINUE;
      }
      throw failure;
    }

    private static boolean isPassing(Path path) {
      return path.getFileName().toString().startsWith("~");
    }
  }

  private record OnConsul(Consul consul) implements Cycles.Store {

    @Override
    public List<String> options() {
      return consul.options();
    }

    @Override
    public Map<String, Long> counts() {
      Map<String, Long> counts = new TreeMap<>();
      counts.put("sessions", occurrences("\"ID\"", consul.get("/v1/session/list")));
      counts.put("keys", occurrences("\",|\"]", consul.get("/v1/kv/?keys")));
      counts.put("checks", occurrences("\"CheckID\"", consul.get("/v1/agent/checks")));
      counts.put("services", occurrences("\"ID\"", consul.get("/v1/agent/services")));
      return counts;
    }

    @Override
    public void close() throws InterruptedException {
      consul.close();
    }
  }

  private record OnZooKeeper(ZooKeeper server) implements Cycles.Store {

    @Override
    public List<String> options() {
      return server.options();
    }

    @Override
    public Map<String, Long> counts() {
      Map<String, Long> counts = new TreeMap<>();
      String facts = server.facts();
      for (String name : List.of("znode_count", "ephemerals_count", "global_sessions")) {
        String line =
            facts
                .lines()
                .filter(fact -> fact.startsWith("zk_" + name + "\t"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + name + " in " + facts));
        counts.put(name, Long.parseLong(line.substring(line.indexOf('\t') + 1).strip()));
      }
      return counts;
    }

    @Override
    public void close() throws InterruptedException {
      server.close();
    }
  }

  private static long occurrences(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
