package org.obverse.engine.target;

/** Ends a stage whose queries are spent; the engine takes what the stage emitted last. */
public final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpentException(long budget) {
        super("the budget of " + budget + " queries is spent");
    }
}
