package org.obverse.testkit.subject.forbidden;

import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Leads to a class with threads, a clock and draws. */
public record Threads(@Meaning("how much") double weight) implements Weighted {
    long elapsed() {
        return Forbidden.clock();
    }
}
