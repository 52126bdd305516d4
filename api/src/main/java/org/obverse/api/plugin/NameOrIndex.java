package org.obverse.api.plugin;

/**
 * How a configuration chooses one of several things: a plan writes text for a name, or a whole number for a place. A number in quotes
 * is a name.
 */
public sealed interface NameOrIndex {
    record Name(String name) implements NameOrIndex {
        @Override
        public String toString() {
            return name;
        }
    }

    /**
     * A place.
     *
     * @param index from 0; whether it is one is the configuration's to check
     */
    record Index(int index) implements NameOrIndex {
        @Override
        public String toString() {
            return String.valueOf(index);
        }
    }
}
