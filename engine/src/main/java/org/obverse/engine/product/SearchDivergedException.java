package org.obverse.engine.product;

/** A search has nothing but NaN to show. */
public final class SearchDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param seen what is not a number
     */
    public SearchDivergedException(String seen) {
        super(seen + "; the target's logits may be NaN, or all equal, which some losses (Poincaré) have no value for:"
                + " try another loss, and look at the target's test accuracy");
    }
}
