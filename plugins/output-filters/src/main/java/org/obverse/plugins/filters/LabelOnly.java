package org.obverse.plugins.filters;

/** {@code label-only} has nothing to choose. */
public record LabelOnly() {
    public static final LabelOnly DEFAULT = new LabelOnly();
}
