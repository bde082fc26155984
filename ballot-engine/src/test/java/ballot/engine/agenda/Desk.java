package ballot.engine.agenda;

import static ballot.engine.simulation.Dice.MS;
import static ballot.engine.simulation.Dice.SECOND;

import ballot.api.Ledger;
import ballot.engine.simulation.Dice;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts the questions of one agenda to the store, over a line on which anything can happen. */
final class Desk {

  private final Play play;
  private final Dice dice;
  private final Reign reign;
  private long cutUntil;

  Desk(Play play, Reign reign) {
    this.play = play;
    this.dice = play.dice;
    this.reign = reign;
  }

  void cutUntil(long until) {
    cutUntil = Math.max(cutUntil, until);
  }

  /** A question; the first of answer and silence is heard, the other is not. */
  private final class Question {

    private final AgendaEvent.@Nullable Read blank;
    private final AgendaEvent.@Nullable Wrote guess;
    private boolean settled;

    Question(AgendaEvent.@Nullable Read blank, AgendaEvent.@Nullable Wrote guess) {
      this.blank = blank;
      this.guess = guess;
    }

    void settle(AgendaEvent event) {
      if (!settled) {
        settled = true;
        reign.hear(event);
      }
    }

    void fail(long number, boolean lasting) {
      if (settled) {
        return;
      }
      play.tally.count(lasting ? "questions refused" : "questions without an answer");
      if (guess != null && play.mutant == Mutant.SILENCE_IS_CONSENT) {
        settle(guess);
      } else if (blank != null && play.mutant == Mutant.FORGETS_WHAT_WAS_DECIDED) {
        settle(new AgendaEvent.Read(number, play.store.page(), blank.book()));
      } else {
        settle(new AgendaEvent.Unanswered(number, "no answer", lasting));
      }
    }
  }

  void read(AgendaEffect.Read read) {
    play.nemesis.at(Window.READING, reign);
    Question question =
        new Question(
            new AgendaEvent.Read(read.number(), play.store.page(), Optional.empty()), null);
    ask(
        read.number(),
        question,
        () -> new AgendaEvent.Read(read.number(), play.store.page(), play.store.book()),
        null);
  }

  void write(AgendaEffect.Write write) {
    boolean claims =
        write.book().runs().stream()
            .anyMatch(
                run ->
                    run.term() == write.term().number() && run.outcome() == Entry.Outcome.CLAIMED);
    play.nemesis.at(claims ? Window.CLAIM_SENT : Window.OUTCOME_SENT, reign);
    if (reign.isDead() && dice.chance(0.5)) {
      return; // killed just before
    }
    Ledger.Page next = new Ledger.Page("", write.before().version() + 1);
    AgendaEvent.Wrote guess =
        new AgendaEvent.Wrote(write.number(), new Ledger.Receipt.Written(next));
    Question question = new Question(null, guess);
    if (play.mutant == Mutant.STARTS_BEFORE_THE_ANSWER) {
      play.course.in(0, () -> question.settle(guess));
    }
    ask(
        write.number(),
        question,
        () -> new AgendaEvent.Wrote(write.number(), play.store.write(reign, write)),
        claims ? Window.CLAIM_STANDS : null);
  }

  private void ask(
      long number, Question question, Supplier<AgendaEvent> store, @Nullable Window between) {
    long now = play.course.now();
    long away = Math.max(cutUntil, play.awayUntil());
    long there = dice.scaled(1000, play.set.leg());
    if (now < away) {
      if (dice.chance(0.3)) {
        boolean lasting = dice.chance(0.1);
        play.course.in(dice.scaled(MS, 100 * MS), () -> question.fail(number, lasting));
        return;
      }
      there = dice.chance(0.5) ? -1 : away - now + there;
    } else if (!play.isCalm() && dice.chance(play.set.loss())) {
      play.tally.count("questions late or lost");
      there = dice.chance(0.3) ? -1 : dice.scaled(play.set.budget() / 2, 30 * SECOND);
    }
    if (there >= 0) {
      play.course.in(there, () -> arrive(question, store.get(), between));
    }
    play.course.in(play.set.budget(), () -> question.fail(number, false));
  }

  private void arrive(Question question, AgendaEvent answer, @Nullable Window between) {
    if (between != null) {
      play.nemesis.at(between, reign);
    }
    boolean cut = play.course.now() < Math.max(cutUntil, play.awayUntil());
    if (cut || !play.isCalm() && dice.chance(play.set.loss())) {
      play.tally.count("answers lost");
      return;
    }
    play.course.in(dice.scaled(1000, play.set.leg()), () -> question.settle(answer));
  }
}
