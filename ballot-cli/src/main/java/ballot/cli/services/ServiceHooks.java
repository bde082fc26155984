package ballot.cli.services;

import ballot.api.Hook;
import java.time.Duration;
import java.util.Optional;

/**
 * What happens outside when a service's leadership changes.
 *
 * @param limit how long either may take
 * @param requirePromote whether leadership is given back when the first one fails
 */
public record ServiceHooks(
    Optional<Hook> onPromote, Optional<Hook> onDemote, Duration limit, boolean requirePromote) {}
