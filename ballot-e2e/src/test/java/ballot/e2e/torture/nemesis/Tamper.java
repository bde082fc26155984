package ballot.e2e.torture.nemesis;

import ballot.e2e.torture.world.Tampering;
import ballot.e2e.torture.world.World;
import java.util.function.BiFunction;

/**
 * Somebody goes past ballot. Solitary: a leader that cannot hear of it, as it is cut off or stopped
 * at the same time, cannot heed it either.
 */
final class Tamper implements Fault {

  private final String kind;
  private final BiFunction<Tampering, String, String> deed;

  Tamper(String kind, BiFunction<Tampering, String, String> deed) {
    this.kind = kind;
    this.deed = deed;
  }

  @Override
  public String kind() {
    return kind;
  }

  @Override
  public boolean fits(World world) {
    return world.tampering().isPresent();
  }

  @Override
  public Span lasts(World world) {
    return Span.NONE;
  }

  @Override
  public boolean isSolitary() {
    return true;
  }

  @Override
  public Injury inflict(Scene scene) throws Exception {
    String whom = deed.apply(scene.world().tampering().orElseThrow(), scene.election());
    return whom.equals("nobody") ? Injury.missed(whom) : Injury.done(whom);
  }
}
