package ballot.cli.settings;

import ballot.api.ElectionName;
import ballot.api.Preference;
import ballot.api.ServiceSpec;
import java.time.Duration;
import java.util.Optional;

/**
 * One service that an operator wants a leader for, and what is to happen with it. Two of them are
 * equal when nothing about them was changed.
 *
 * @param name its name among the services of this process
 * @param spec the instance and how it stands
 * @param election its election
 * @param onPromote the hook for when it leads, as it is written
 * @param onDemote the hook for when it leads no more
 * @param hookTimeout how long either may take
 * @param requirePromote whether leadership is given back when the first one fails
 * @param preference who wins when several stand
 */
public record ServiceElection(
    String name,
    ServiceSpec spec,
    ElectionName election,
    Optional<String> onPromote,
    Optional<String> onDemote,
    Duration hookTimeout,
    boolean requirePromote,
    Preference preference) {}
