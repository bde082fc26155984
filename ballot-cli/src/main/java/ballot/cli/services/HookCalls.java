package ballot.cli.services;

import ballot.api.Candidate;
import ballot.api.HookCall;
import ballot.api.HookCall.Role;
import ballot.api.ServiceInstance.Place;
import ballot.api.Term;
import ballot.cli.settings.ServiceElection;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Makes up what hooks of one service are told.
 *
 * @param backend the kind of store
 * @param reason why what happens happens
 * @param holder who led last, other than this candidate, as far as is known
 */
record HookCalls(
    ServiceElection what,
    Candidate candidate,
    String backend,
    InstanceDesk desk,
    Supplier<String> reason,
    Supplier<Optional<String>> holder) {

  HookCall make(Role role, Term term) {
    Optional<Place> place = desk.place();
    boolean leads = role == Role.PROMOTE;
    return new HookCall(
        role,
        reason.get(),
        what.spec().service(),
        what.election(),
        candidate,
        backend,
        term,
        desk.session(),
        place.map(Place::address).orElse(""),
        place.map(Place::port).orElse(0),
        leads ? holder.get() : Optional.of(candidate.address()),
        leads ? Optional.of(candidate.address()) : Optional.empty());
  }
}
