package org.obverse.engine.lend;

import java.util.Set;
import java.util.stream.Collectors;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;

/**
 * What a component may ask of a target.
 *
 * @param component its name, for messages
 * @param declared with {@code Requirements.access}, by it and by the components in its configuration
 */
record DeclaredAccess(String component, Set<Access> declared) {
    /**
     * The level of an oracle that is asked for.
     *
     * @throws IllegalArgumentException if nobody declared it
     */
    Access of(Class<? extends LabelOracle> oracle) {
        Access asked = Access.of(oracle);
        if (!declared.contains(asked)) {
            throw new IllegalArgumentException("component '%s' declares %s access and asks for %s"
                    .formatted(
                            component,
                            declared.stream()
                                    .filter(level -> level != Access.NONE || declared.size() == 1)
                                    .sorted()
                                    .map(Access::label)
                                    .collect(Collectors.joining(" and ")),
                            asked.label()));
        }
        return asked;
    }
}
