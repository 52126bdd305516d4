package org.obverse.engine.graph;

/**
 * A unit that has a product before its work, of the same form and size and worth nothing: for those who want to know how long
 * the units take that read it.
 *
 * @param <P> its product
 */
public interface Provisional<P> extends Unit<P> {
    /** As {@link #perform}, without the work. */
    P provisional(Inputs inputs, UnitContext context);

    /** How long the work is, as far as that is known before. */
    Length length(Inputs inputs);

    /**
     * How often work calls {@link UnitContext#checkpoint}, if nothing ends it early.
     *
     * @param steps in a round; 0 where only progress tells
     * @param rounds through the same items, at least 1: reading them may take longer in the first one
     */
    record Length(long steps, long rounds) {
        public static final Length UNKNOWN = new Length(0, 1);

        /** In all rounds. */
        public long whole() {
            return steps * rounds;
        }
    }
}
