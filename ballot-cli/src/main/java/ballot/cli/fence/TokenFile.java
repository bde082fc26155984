package ballot.cli.fence;

import ballot.cli.process.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The highest token that was seen. Read by anybody at any time, as it is replaced and never
 * changed; written only by who holds the lock.
 */
final class TokenFile {

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private static final Set<OpenOption> ANEW =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  /** By hand it may have been written without the end of the line. */
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,19}\n?");

  private static final int LONGEST = 32;

  private final FencePlace place;

  TokenFile(FencePlace place) {
    this.place = place;
  }

  /**
   * The token that the file holds; nothing if there is no file.
   *
   * @throws Refusal if it holds something else: what was seen is not known then
   */
  OptionalLong read() {
    try (InputStream in = Files.newInputStream(place.file(), LinkOption.NOFOLLOW_LINKS)) {
      return OptionalLong.of(parse(in.readNBytes(LONGEST)));
    } catch (NoSuchFileException never) {
      return OptionalLong.empty();
    } catch (IOException unreadable) {
      throw FencePlace.unusable("read", place.file(), unreadable);
    }
  }

  private long parse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (NUMBER.matcher(text).matches()) {
      try {
        return Long.parseLong(text.strip());
      } catch (NumberFormatException tooBig) {
        // told below
      }
    }
    String path = FencePlace.shown(place.file());
    throw Refusal.configuration(
        ("%s is damaged: it holds %s and no token. Nothing runs, as nobody knows which tokens are"
                + " too old: write the highest one that was ever used into it, which 'ballot info'"
                + " or a log tells, as in: echo 7 > %s")
            .formatted(path, bytes.length == 0 ? "nothing" : "something else", path));
  }

  /** Writes a token; on the disk when this returns. */
  void write(long token) {
    Path next = place.next();
    try {
      try (FileChannel channel = FileChannel.open(next, ANEW, OWNER_ONLY)) {
        ByteBuffer text = ByteBuffer.wrap((token + "\n").getBytes(StandardCharsets.US_ASCII));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      Files.move(next, place.file(), StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel names = FileChannel.open(place.folder(), StandardOpenOption.READ)) {
        names.force(true);
      }
    } catch (IOException failure) {
      throw FencePlace.unusable("write the token to", place.file(), failure);
    }
  }
}
