package ballot.cli.run;

import ballot.api.Term;
import ballot.cli.logging.CommandStream;
import ballot.cli.logging.LogLevel;
import ballot.cli.logging.Story;
import ballot.exec.LineSink;
import java.util.Optional;

/** The command's output as lines of our log. */
record OutputLines(Story story, Optional<Term> term) implements LineSink {

  @Override
  public void line(Stream stream, String text, boolean continued) {
    CommandStream from =
        switch (stream) {
          case STDOUT -> CommandStream.STDOUT;
          case STDERR -> CommandStream.STDERR;
        };
    story.output(from, text, term);
  }

  @Override
  public void dropped(Stream stream, long lines) {
    story.tell(
        LogLevel.WARN,
        lines + " lines of the command's output are missing here: the log was too slow for them",
        term);
  }
}
