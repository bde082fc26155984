package ballot.local;

import static org.assertj.core.api.Assertions.assertThat;

import ballot.api.ElectionName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How the folder of an election comes to be. */
@Timeout(60)
class LocalFolderTest {

  private static final int CANDIDATES = 8;
  private static final int ROUNDS = 300;

  @TempDir private Path dir;

  @Test
  void candidates_that_make_it_at_once_all_find_it() throws Exception {
    LocalFolder folder = new LocalFolder(dir.toRealPath());
    CyclicBarrier start = new CyclicBarrier(CANDIDATES);
    try (ExecutorService threads = Executors.newFixedThreadPool(CANDIDATES)) {
      List<Callable<Void>> candidates = new ArrayList<>();
      for (int i = 0; i < CANDIDATES; i++) {
        int candidate = i;
        candidates.add(
            () -> {
              for (int round = 0; round < ROUNDS; round++) {
                start.await();
                OpenFolder open = folder.open(new ElectionName("round" + round + "/a/b"));
                open.create(open.folder().path().resolve("candidate" + candidate));
              }
              return null;
            });
      }
      for (Future<Void> candidate : threads.invokeAll(candidates)) {
        candidate.get();
      }
    }
    for (int round = 0; round < ROUNDS; round++) {
      Path made = folder.of(new ElectionName("round" + round + "/a/b")).path();
      try (var files = Files.list(made)) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .hasSize(CANDIDATES + 1)
            .contains("lock");
      }
    }
    try (var files = Files.walk(dir)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("~"))).isEmpty();
    }
  }
}
