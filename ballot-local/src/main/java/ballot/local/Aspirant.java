package ballot.local;

import ballot.api.Candidate;
import ballot.api.ChangeSignal;
import ballot.api.Term;
import ballot.local.ElectionFolder.Kind;
import ballot.local.Registration.Tenure;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * One candidate as its {@link Seat} knows it: who it is, how it is told, and the files it keeps in
 * the folder of the election. Guarded by the seat.
 */
final class Aspirant {

  private static final Logger LOG = System.getLogger(Aspirant.class.getName());

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

  /** Joins the end of the line, unless it is in it. */
  void enroll(OpenFolder open) throws IOException {
    if (!Files.exists(file(open))) {
      registration = registration.waitingSince(Instant.now());
      open.replace(file(open), registration.text());
    }
  }

  /** Says that it leads. */
  void lead(OpenFolder open, Term term, long lock) throws IOException {
    registration = registration.leading(new Tenure(term.number(), Instant.now(), lock));
    open.replace(file(open), registration.text());
  }

  /** Has a record to write to. One that is there is kept: what it names may still run. */
  void openRecord(OpenFolder open) throws IOException {
    if (!Files.exists(record(open.folder()))) {
      OpenFolder.deleteRecord(recordDir(open), WorkRecord.FILE);
      open.makeRecord(recordDir(open), WorkRecord.FILE);
    }
  }

  /**
   * Says that it leads no longer, that its work is over, and that it stands at the end of the line.
   * Whatever of this fails does not keep others from leading.
   */
  void retire(OpenFolder open) {
    registration = registration.waitingSince(Instant.now());
    try {
      OpenFolder.deleteRecord(recordDir(open), WorkRecord.FILE);
      open.replace(file(open), registration.text());
    } catch (IOException failure) {
      LOG.log(Level.DEBUG, "could not tidy up after a term in " + open.folder().path(), failure);
    }
  }

  /** Leaves the line, and the record to the next leader if there is anything in it. */
  void withdraw(OpenFolder open) {
    try {
      Files.deleteIfExists(file(open));
      Path record = record(open.folder());
      if (Files.exists(record) && Files.size(record) == 0) {
        OpenFolder.deleteRecord(recordDir(open), WorkRecord.FILE);
      }
    } catch (IOException failure) {
      LOG.log(Level.DEBUG, "could not leave the line in " + open.folder().path(), failure);
    }
  }

  private Path recordDir(OpenFolder open) {
    return open.folder().entry(Kind.WORK, badge);
  }

  private Path file(OpenFolder open) {
    return open.folder().entry(Kind.CANDIDATE, badge);
  }
}
