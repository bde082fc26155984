package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Processes;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** The parts of a candidate that runs. */
enum Part {
  BALLOT,
  GUARD,
  COMMAND;

  /** The processes of it. */
  List<Long> pids(Scene scene) throws IOException {
    return switch (this) {
      case BALLOT -> scene.victim().pid().stream().toList();
      case GUARD -> {
        List<Long> ballot = scene.victim().pid().stream().toList();
        yield ballot.isEmpty() ? List.of() : Processes.guards(ballot.getFirst());
      }
      case COMMAND ->
          scene.run().isEmpty()
              ? List.of()
              : Processes.session(scene.run().orElseThrow().start().pid());
    };
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
