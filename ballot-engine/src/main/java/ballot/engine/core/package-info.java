/**
 * The election as a pure function: a snapshot, an event and the time in, the next snapshot and the
 * effects out.
 *
 * <pre>
 *  Standing ──elected──▶ Leading ──lease running out, lost, told to leave──▶ SteppingDown
 *   ▲  │                  │ ▲ └──────────work ended──────────┐                    │ work gone
 *   │  │ store silent,    │ │ elected                        ▼                    ▼
 *   │  │ run-anyway       │ │ meanwhile                  Resigning ◀──────────────┘
 *   │  ▼       lost, keep ▼ │                                │ given back, or no use asking
 *   │ Caretaking ◀────────┴─┘                                │
 *   └──────────────────── may stand again ◀──────────────────┤
 *                                           told to leave ───▶ Retired
 * </pre>
 *
 * <p>Nothing here reads a clock, starts a thread or touches the world. It imports java.util,
 * java.time and the API, and a test keeps it so.
 */
@NullMarked
package ballot.engine.core;

import org.jspecify.annotations.NullMarked;
