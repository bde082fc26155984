/**
 * The schedule of a leader: which tick is run, when, and how that is written down so that no tick
 * is run twice, whoever leads.
 *
 * <pre>
 *   tick due ──▶ claim written ──▶ command started ──▶ start written ──▶ ended ──▶ outcome written
 *                    │ another leads        next leader finds:  claimed  ──▶ "unknown"
 *                    ▼                                          running  ──▶ "abandoned"
 *               not run here
 * </pre>
 *
 * <p>Pure like {@link ballot.engine.core}: events and the time in, effects out. Nothing here reads
 * a clock, starts a thread or touches the world.
 */
@NullMarked
package ballot.engine.agenda;

import org.jspecify.annotations.NullMarked;
