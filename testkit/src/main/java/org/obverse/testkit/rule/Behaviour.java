package org.obverse.testkit.rule;

import org.obverse.engine.plan.PlannedComponent;

/**
 * How to see what a component of one kind does.
 *
 * @param <T> what it makes
 */
@FunctionalInterface
interface Behaviour<T> {
    /**
     * @return a fingerprint of everything observable; equal for equal behaviour
     * @throws org.obverse.api.plugin.InvalidConfigurationException if the component refuses its configuration only now
     * @throws NotTried if it does not work at all, which is another rule's to say
     */
    String of(Subject<T> subject, PlannedComponent<T> chosen);
}
