package ballot.local;

import ballot.local.ElectionFolder.Kind;
import ballot.local.ProcessIdentity.Life;
import ballot.local.Registration.Tenure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Everybody who stands in an election, read from the files that they wrote. */
record Line(List<Place> places) {

  /**
   * One of them.
   *
   * @param registration what it wrote; empty when that cannot be read
   * @param life whether its process lives
   */
  record Place(Badge badge, Path file, Optional<Registration> registration, Life life) {

    Optional<Tenure> tenure() {
      return registration.flatMap(written -> Optional.ofNullable(written.tenure()));
    }

    boolean isOfThisProcess() {
      return badge.process().isSelf();
    }
  }

  private static final Comparator<Place> BY_ARRIVAL =
      Comparator.comparing(
              (Place place) -> place.registration.map(Registration::joined).orElse(Instant.MAX))
          .thenComparing(place -> place.badge.text());

  /** Reads them all, in the order in which they joined. */
  static Line of(ElectionFolder folder) throws IOException {
    return new Line(
        folder.entries(Kind.CANDIDATE).stream()
            .map(found -> place(found.badge(), found.file()))
            .filter(place -> place.registration.isPresent() || Files.exists(place.file))
            .sorted(BY_ARRIVAL)
            .toList());
  }

  private static Place place(Badge badge, Path file) {
    return new Place(badge, file, Registration.read(file), badge.process().life());
  }

  /** The leader, going by what the living wrote; the latest one if several say so. */
  Optional<Place> leader() {
    return places.stream()
        .filter(place -> place.life != Life.GONE && place.tenure().isPresent())
        .max(Comparator.comparingLong(place -> place.tenure().orElseThrow().term()));
  }

  /** Whether somebody in another process waits to lead. */
  boolean hasOthersWaiting() {
    return places.stream()
        .anyMatch(
            place ->
                !place.isOfThisProcess() && place.life == Life.ALIVE && place.tenure().isEmpty());
  }

  /** A leader of another process whose lock file is no longer the one that is in place. */
  Optional<Place> leaderOfAnotherLock(long lock) {
    return leader()
        .filter(place -> !place.isOfThisProcess())
        .filter(place -> place.tenure().orElseThrow().lock() != lock);
  }
}
