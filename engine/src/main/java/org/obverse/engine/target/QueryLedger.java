package org.obverse.engine.target;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts what one unit asks of the target, by kind of question, and stops it when its budget is spent: after one question
 * was refused, all are.
 */
public final class QueryLedger {
    private final long budget;
    private final String closedTo;
    private final Map<String, Long> counts = new TreeMap<>();
    private long total;
    private boolean spent;

    /**
     * @param budget the most images that may be asked about; {@link Long#MAX_VALUE} for no limit
     */
    public QueryLedger(long budget) {
        this(budget, "");
    }

    private QueryLedger(long budget, String closedTo) {
        this.budget = budget;
        this.closedTo = closedTo;
    }

    /**
     * For a stage that declared that it asks the target nothing: a question is its fault.
     *
     * @param component that asks, for the message
     */
    public static QueryLedger closed(String component) {
        return new QueryLedger(0, component);
    }

    /**
     * @throws IllegalStateException if nothing was to be asked
     * @throws BudgetSpentException before the answer, if it would exceed the budget or an earlier one would have
     */
    void charge(String kind, long images) {
        if (!closedTo.isEmpty()) {
            throw new IllegalStateException(
                    "component '" + closedTo + "' declares that it searches on surrogates, and asks the target");
        }
        spent = spent || images > budget - total;
        if (spent) {
            throw new BudgetSpentException(budget);
        }
        total += images;
        counts.merge(kind, images, Long::sum);
    }

    /** Images asked about, by kind of question. */
    public Map<String, Long> counts() {
        return Collections.unmodifiableMap(counts);
    }
}
