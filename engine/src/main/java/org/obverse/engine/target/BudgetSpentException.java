package org.obverse.engine.target;

/** Ends a stage whose queries are spent; the engine asks what the stage left with {@code onBudgetSpent}. */
public final class BudgetSpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BudgetSpentException(long budget) {
        super("the budget of " + budget + " queries is spent");
    }
}
