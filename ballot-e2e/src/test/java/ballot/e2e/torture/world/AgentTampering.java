package ballot.e2e.torture.world;

/** What somebody on a candidate's host can do with its agent, going past ballot. */
public interface AgentTampering {

  /** Takes the check of a ballot off the books, and says which it was. */
  String deregisterCheck(Site site, long ballot);

  /** Puts the node in maintenance, or ends that. */
  void maintain(Site site, boolean isOn);
}
