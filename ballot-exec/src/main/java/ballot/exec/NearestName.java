package ballot.exec;

import ballot.api.Nearest;
import java.io.File;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The existing name that somebody may have meant, as the end of a sentence. */
final class NearestName {

  private NearestName() {}

  static String besideOf(Path path) {
    Path name = path.getFileName();
    File folder =
        path.toAbsolutePath().getParent() == null
            ? new File("/")
            : path.toAbsolutePath().getParent().toFile();
    if (!folder.isDirectory()) {
      return ": there is no folder " + folder;
    }
    return name == null ? "" : Nearest.suggestion(name.toString(), executablesIn(folder));
  }

  static String onPath(String command, String searchPath) {
    return Nearest.suggestion(
        command,
        Stream.of(searchPath.split(":", -1))
            .filter(folder -> !folder.isEmpty())
            .flatMap(folder -> executablesIn(new File(folder))));
  }

  private static Stream<String> executablesIn(File folder) {
    String @Nullable [] names = folder.list();
    return names == null
        ? Stream.empty()
        : Stream.of(names).filter(name -> new File(folder, name).isFile());
  }
}
