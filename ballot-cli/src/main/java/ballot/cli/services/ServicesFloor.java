package ballot.cli.services;

import ballot.api.Candidate;
import ballot.api.ServiceRegistry;
import ballot.cli.logging.Log;
import ballot.engine.ElectionLoop;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What all services of a process stand on.
 *
 * @param backend the name of the kind of store
 * @param askers run questions to the store, as many at a time as there are
 * @param timer one timer for all
 */
record ServicesFloor(
    ServiceRegistry registry,
    String backend,
    Candidate candidate,
    ElectionLoop loop,
    ExecutorService askers,
    ScheduledExecutorService timer,
    Log log) {}
