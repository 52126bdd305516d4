package org.obverse.engine.lend;

import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;

/**
 * What a component may ask of a target.
 *
 * @param component its name, for messages
 * @param declared with {@code Requirements.access}
 */
record DeclaredAccess(String component, Access declared) {
    /**
     * The level of an oracle that is asked for.
     *
     * @throws IllegalArgumentException if it is not the declared one
     */
    Access of(Class<? extends LabelOracle> oracle) {
        Access asked = Access.of(oracle);
        if (asked != declared) {
            throw new IllegalArgumentException("component '%s' declares %s access and asks for %s"
                    .formatted(component, declared.label(), asked.label()));
        }
        return asked;
    }
}
