package ballot.zookeeper.servers;

import java.util.List;
import java.util.regex.Pattern;

/**
 * One connection of a client, as its server counts it.
 *
 * @param session the client's session
 * @param requests how many requests the client has sent over it, pings and watches taken up again
 *     not counted: the number that the client gave to its last one
 * @param lastRequest what that was: {@code GETD}, {@code SETD}, {@code CREA}
 * @param packets everything it has sent
 */
public record Connection(long session, long requests, String lastRequest, long packets) {

  private static final Pattern LINE =
      Pattern.compile(
          "\\(queued=\\d+,recved=(\\d+),sent=\\d+,sid=0x([0-9a-f]+),lop=(\\w+),.*?"
              + "lcxid=0x([0-9a-f]+)");

  static List<Connection> all(String answer) {
    return LINE.matcher(answer)
        .results()
        .map(
            match ->
                new Connection(
                    Long.parseUnsignedLong(match.group(2), 16),
                    number(match.group(4)),
                    match.group(3),
                    Long.parseLong(match.group(1))))
        .toList();
  }

  private static long number(String hexadecimal) {
    long number = Long.parseUnsignedLong(hexadecimal, 16);
    return number < 0 ? 0 : number; // nothing asked yet
  }
}
