package ballot.cli.cron;

import ballot.engine.agenda.AgendaRules;
import ballot.engine.agenda.Timetable;

/**
 * What {@code run cron} was asked for beside a command and an election.
 *
 * @param timetable when
 * @param rules the policies
 */
public record CronPlan(Timetable timetable, AgendaRules rules) {}
