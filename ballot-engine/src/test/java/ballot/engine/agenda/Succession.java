package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.api.Term;
import ballot.engine.simulation.Dice;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The election, as safe as it is promised to be: a term begins when the runs of the last are gone.
 * That this is so is shown elsewhere, by {@code ballot.engine.simulation}.
 */
final class Succession {

  private final Play play;
  private final Dice dice;
  private @Nullable Reign current;
  private int reigns;

  Succession(Play play) {
    this.play = play;
    this.dice = play.dice;
  }

  @Nullable Reign current() {
    return current;
  }

  void electIn(long delay) {
    play.course.in(delay, this::elect);
  }

  private void elect() {
    if (!play.isAway()) {
      begin(Optional.of(play.store.win()));
    } else if (play.set.runsAnyway()) {
      begin(Optional.empty());
      awaitStore(current);
    } else {
      play.course.at(play.awayUntil(), () -> electIn(pause()));
    }
  }

  private void begin(Optional<Term> term) {
    play.tally.count(term.isPresent() ? "leaderships" : "leaderships without a term");
    reigns++;
    int host = dice.below(play.set.hosts());
    current = new Reign(play, (char) ('A' + host) + Integer.toString(reigns), host, term);
    current.hear(new AgendaEvent.Tick());
  }

  /** Who runs without leadership gets it when the store is back, unless it is on its way out. */
  private void awaitStore(@Nullable Reign reign) {
    play.course.at(
        play.awayUntil(),
        () ->
            play.course.in(
                pause(),
                () -> {
                  if (current != reign || reign == null) {
                    return;
                  }
                  if (play.isAway() || reign.isFrozen()) {
                    play.course.in(SECOND, () -> awaitStore(reign));
                  } else if (reign.isStaying()) {
                    play.tally.count("leaderships that got their term later");
                    reign.comeUnder(play.store.win());
                  }
                }));
  }

  /** Something of a leadership is over; perhaps all of it. */
  void check(Reign reign) {
    if (reign == current && reign.isOver()) {
      current = null;
      if (dice.chance(0.5)) {
        play.store.release();
      }
      electIn(play.isCalm() ? dice.scaled(MS, 100 * MS) : pause());
    }
  }

  private long pause() {
    if (dice.chance(0.95)) {
      return dice.scaled(MS, 5 * SECOND);
    }
    long longest =
        Math.min(play.set.timetable().period() * 150, play.set.active() - play.course.now());
    return dice.scaled(SECOND, Math.max(SECOND, longest));
  }
}
