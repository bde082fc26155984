package ballot.cli.logging;

import ballot.api.Candidate;
import ballot.api.ElectionName;
import ballot.api.Term;
import org.jspecify.annotations.Nullable;

/**
 * Which election a line is about. Travels with the line, from any thread to the one that writes.
 *
 * @param election its name
 * @param candidate the id of who stands
 * @param term the term, for what happens while leading
 */
public record LogContext(
    @Nullable String election, @Nullable String candidate, @Nullable Long term) {

  /** About no election. */
  public static final LogContext NONE = new LogContext(null, null, null);

  /** About a candidate in an election. */
  public static LogContext of(ElectionName election, Candidate candidate) {
    return new LogContext(election.path(), candidate.id(), null);
  }

  /** The same in a term. */
  public LogContext in(Term number) {
    return new LogContext(election, candidate, number.number());
  }

  /** The same with what the parameters of a line say about it: the API's own nouns are context. */
  LogContext with(@Nullable Object @Nullable ... parameters) {
    if (parameters == null) {
      return this;
    }
    LogContext context = this;
    for (Object parameter : parameters) {
      context = context.withOne(parameter);
    }
    return context;
  }

  private LogContext withOne(@Nullable Object parameter) {
    if (parameter instanceof ElectionName name) {
      return new LogContext(name.path(), candidate, term);
    }
    if (parameter instanceof Candidate one) {
      return new LogContext(election, one.id(), term);
    }
    return parameter instanceof Term number ? in(number) : this;
  }
}
