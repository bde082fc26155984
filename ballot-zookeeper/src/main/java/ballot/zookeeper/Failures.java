package ballot.zookeeper;

import ballot.api.RejectedException;
import ballot.api.StoreException;
import ballot.api.UnavailableException;
import java.util.Locale;
import org.apache.zookeeper.KeeperException.Code;

/** What a reply that is not in order means to whoever asked, in a sentence for an operator. */
final class Failures {

  private static final String WHO =
      "; check who this process says it is ("
          + ZooKeeperSettings.DIGEST.name()
          + ", zookeeper.sasl-…) and what "
          + ZooKeeperSettings.ACL.name()
          + " grants";

  private Failures() {}

  static StoreException of(Reply<?> reply, String attempt) {
    return of(reply.code(), attempt);
  }

  static StoreException of(Code code, String attempt) {
    return switch (code) {
      case NOAUTH ->
          new RejectedException(attempt + ": the ACL of a znode there does not allow it" + WHO);
      case INVALIDACL ->
          RejectedException.because(
              ZooKeeperSettings.ACL,
              "ZooKeeper does not take it: 'creator' needs "
                  + ZooKeeperSettings.DIGEST.name()
                  + " or SASL, and a scheme must be one that the servers know");
      case AUTHFAILED -> refused(attempt);
      case SESSIONCLOSEDREQUIRESASLAUTH ->
          new RejectedException(
              attempt
                  + ": the servers want to be told by SASL who this process is: set "
                  + ZooKeeperSettings.SASL_USER.name()
                  + " and its password, or "
                  + ZooKeeperSettings.SASL_JAAS_FILE.name());
      case NOCHILDRENFOREPHEMERALS ->
          new RejectedException(
              attempt
                  + ": a znode on the way is an ephemeral one of somebody's session, below which"
                  + " nothing can be; choose another election");
      case QUOTAEXCEEDED ->
          new RejectedException(attempt + ": a quota of ZooKeeper for this path is used up");
      case BADARGUMENTS, UNIMPLEMENTED, MARSHALLINGERROR ->
          new RejectedException(
              attempt + ": the servers do not take the request (" + name(code) + ")");
      case NOTREADONLY ->
          new UnavailableException(attempt + ": this server is cut off from others");
      case CONNECTIONLOSS, SESSIONEXPIRED, SESSIONMOVED, OPERATIONTIMEOUT, REQUESTTIMEOUT ->
          new UnavailableException(
              attempt + ": the connection was lost (" + name(code) + ") before an answer came");
      default -> new UnavailableException(attempt + ": ZooKeeper answered '" + name(code) + "'");
    };
  }

  /**
   * The ACL of a znode does not allow what was attempted.
   *
   * @param right which right is missing, in the letter of ZooKeeper and in words
   */
  static RejectedException without(String right, String path, String attempt) {
    return new RejectedException(
        attempt + ": the ACL of " + path + " does not grant this process the right " + right + WHO);
  }

  /** There is nothing behind the servers that the path in their list could lead to. */
  static RejectedException noChroot(Hosts hosts) {
    return RejectedException.because(
        ZooKeeperSettings.SERVERS,
        "the path behind the servers, "
            + hosts.chroot()
            + ", does not exist in ZooKeeper: create it, or correct it");
  }

  /** The servers do not believe who we say we are. */
  static RejectedException refused(String attempt) {
    return new RejectedException(
        attempt
            + ": the servers do not accept who this process says it is by SASL: check "
            + ZooKeeperSettings.SASL_USER.name()
            + " and its password, or "
            + ZooKeeperSettings.SASL_JAAS_FILE.name());
  }

  private static String name(Code code) {
    return code.name().toLowerCase(Locale.ROOT);
  }
}
