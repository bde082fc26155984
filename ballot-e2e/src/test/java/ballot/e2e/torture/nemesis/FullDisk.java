package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Server;
import ballot.e2e.torture.world.World;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** No room is left on the disk of a server; one that ends of it is started again afterwards. */
final class FullDisk implements Fault {

  @Override
  public String kind() {
    return "full-disk";
  }

  @Override
  public boolean fits(World world) {
    return !world.servers().isEmpty()
        && world.servers().stream().allMatch(server -> server.disk().isPresent());
  }

  @Override
  public Span lasts(World world) {
    return Span.ofMillis(500, 8_000);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    Server server = scene.server();
    Path filler = server.disk().orElseThrow().resolve("filler");
    fill(filler);
    return Injury.of(
        server.name(),
        () -> {
          Files.deleteIfExists(filler);
          if (!server.isAlive()) {
            server.launch();
          }
        });
  }

  private static void fill(Path filler) throws IOException {
    for (int size : new int[] {1 << 20, 1 << 12}) {
      try (OutputStream out =
          Files.newOutputStream(
              filler,
              java.nio.file.StandardOpenOption.CREATE,
              java.nio.file.StandardOpenOption.APPEND)) {
        while (true) {
          out.write(new byte[size]);
        }
      } catch (IOException full) {
        // that is what it is for
      }
    }
  }
}
