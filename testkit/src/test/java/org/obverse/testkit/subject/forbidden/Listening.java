package org.obverse.testkit.subject.forbidden;

import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Leads to a class with a clock and threads, which is no listener itself. */
public record Listening(@Meaning("how much") double weight) implements Weighted {
    Thread waiting() {
        return Hours.later(() -> {});
    }

    long begun() {
        return Hours.now();
    }
}
