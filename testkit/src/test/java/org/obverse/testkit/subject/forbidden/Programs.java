package org.obverse.testkit.subject.forbidden;

import java.io.IOException;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Starts a program, and leads to a class with a clock and threads. */
public record Programs(@Meaning("how much") double weight) implements Weighted {
    Process begun(String program) throws IOException {
        return new ProcessBuilder(program).start();
    }

    Thread waiting() {
        return Hours.later(Hours::now);
    }
}
