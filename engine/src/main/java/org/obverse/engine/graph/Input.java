package org.obverse.engine.graph;

import org.obverse.api.event.UnitName;

/**
 * A typed reference to what another unit produces.
 *
 * @param unit the graph's own: two equal units of a study are one
 */
public record Input<P>(Unit<P> unit) {
    public UnitName name() {
        return unit.name();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Input<?> input && input.unit == unit;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(unit);
    }
}
