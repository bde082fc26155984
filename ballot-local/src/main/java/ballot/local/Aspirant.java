package ballot.local;

import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.Term;
import ballot.local.ElectionFolder.Kind;
import ballot.local.Registration.Tenure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * One candidate as its {@link Seat} knows it: who it is, how it is told, and the files it keeps in
 * the folder of the election. Guarded by the seat.
 */
final class Aspirant {

  private static final Logger LOG = System.getLogger(Aspirant.class.getName());

  /** Between signs of life, for those who cannot look up our process. */
  private static final Duration BETWEEN_SIGNS = Duration.ofMinutes(1);

  private final Badge badge;
  private final ChangeSignal signal;
  private Registration registration;

  Aspirant(Candidate candidate, ChangeSignal signal) {
    this.badge = Badge.next();
    this.signal = signal;
    this.registration = new Registration(candidate, Instant.now(), null);
  }

  Badge badge() {
    return badge;
  }

  Candidate candidate() {
    return registration.candidate();
  }

  ChangeSignal signal() {
    return signal;
  }

  /** Where the processes are recorded that work for it while it leads. */
  Path record(ElectionFolder folder) {
    return folder.entry(Kind.WORK, badge).resolve(WorkRecord.FILE);
  }

  /** Joins the end of the line; shows that it is there if it is in it. */
  void enroll(OpenFolder open) throws IOException {
    Instant now = Instant.now();
    try {
      FileTime shown = Files.getLastModifiedTime(file(open));
      if (shown.toInstant().plus(BETWEEN_SIGNS).isBefore(now)) {
        Files.setLastModifiedTime(file(open), FileTime.from(now));
      }
    } catch (NoSuchFileException notInLine) {
      registration = registration.waitingSince(now);
      open.place(file(open), registration.text());
    }
  }

  /** Says that it leads. */
  void lead(OpenFolder open, Term term, long lock) throws IOException {
    registration = registration.leading(new Tenure(term.number(), Instant.now(), lock));
    open.rewrite(file(open), registration.text());
  }

  /** Says that it leads no longer and stands at the end of the line. */
  void queue(OpenFolder open) {
    registration = registration.waitingSince(Instant.now());
    try {
      open.rewrite(file(open), registration.text());
    } catch (IOException failure) {
      LOG.log(Level.DEBUG, "could not write " + file(open), failure);
    }
  }

  /** Has a record to write to. One that is there is kept: what it names may still run. */
  void openRecord(OpenFolder open) throws IOException {
    try {
      open.create(record(open.folder()));
    } catch (NoSuchFileException firstTime) {
      open.makeFolder(recordDir(open));
      open.create(record(open.folder()));
    } catch (FileAlreadyExistsException kept) {
      LOG.log(Level.DEBUG, "{0} is still there", kept.getFile());
    }
  }

  /** Its work is over: the next leader need not look for it. */
  void closeRecord(OpenFolder open) {
    try {
      Files.deleteIfExists(record(open.folder()));
    } catch (IOException failure) {
      LOG.log(Level.DEBUG, "could not delete " + record(open.folder()), failure);
    }
  }

  /** Leaves the line, and the record to the next leader if there is anything in it. */
  void withdraw(OpenFolder open) {
    try {
      Files.deleteIfExists(file(open));
      Path record = record(open.folder());
      if (Files.exists(record) && Files.size(record) == 0) {
        Files.delete(record);
      }
      Files.deleteIfExists(recordDir(open));
    } catch (IOException failure) {
      LOG.log(Level.DEBUG, "something is left in " + recordDir(open), failure);
    }
  }

  private Path recordDir(OpenFolder open) {
    return open.folder().entry(Kind.WORK, badge);
  }

  private Path file(OpenFolder open) {
    return open.folder().entry(Kind.CANDIDATE, badge);
  }
}
