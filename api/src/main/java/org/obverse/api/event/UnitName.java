package org.obverse.api.event;

import java.util.List;

/**
 * The name of a unit of a study: a value, to be compared and not to be taken apart as text.
 *
 * @param slot what the unit is for, such as {@code target}, {@code optimize} or {@code metric}
 * @param number among the units of this slot in the study, from 0; the same however often the study is resumed
 * @param classes that it is for; empty if it is for all
 */
public record UnitName(String slot, int number, List<Integer> classes) {
    public UnitName {
        classes = List.copyOf(classes);
    }

    /** For people, such as {@code optimize/0}. */
    @Override
    public String toString() {
        return slot + "/" + number;
    }
}
