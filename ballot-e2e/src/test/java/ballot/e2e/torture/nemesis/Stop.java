package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** SIGSTOP of some parts of a candidate, and SIGCONT. */
final class Stop implements Fault {

  private final List<Part> parts;
  private final Length length;

  /** How long, in hundredths of a lease. */
  enum Length {
    SHORT(20, 60),
    BEYOND(110, 180),
    THRICE(300, 310);

    private final int shortest;
    private final int longest;

    Length(int shortest, int longest) {
      this.shortest = shortest;
      this.longest = longest;
    }
  }

  Stop(Length length, Part... parts) {
    this.parts = List.of(parts);
    this.length = length;
  }

  @Override
  public String kind() {
    return "stop-"
        + parts.stream().map(Part::word).collect(Collectors.joining("-"))
        + "-"
        + length.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public Span lasts(World world) {
    return Span.of(world.lease(), length.shortest, length.longest);
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = scene.told();
    parts.forEach(scene::loses);
    List<Long> pids = new ArrayList<>();
    for (Part part : parts) {
      pids.addAll(part.pids(scene));
    }
    Shell.signal("STOP", pids);
    return Injury.of(whom, () -> Shell.signal("CONT", pids));
  }
}
