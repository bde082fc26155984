/**
 * When a command is due: {@link ballot.schedule.Schedule}.
 *
 * <p>The grammar of a field, the names of months and days and the range of each field are
 * cron-utils'. Ours are: how many fields there are and where seconds stand; nicknames, {@code
 * &#64;every} and {@code CRON_TZ=}; days, since cron joins its two day fields by "or" when both are
 * restricted; the search for the next tick; all of summer time; the normal form; and every word of
 * an error.
 */
@NullMarked
package ballot.schedule;

import org.jspecify.annotations.NullMarked;
