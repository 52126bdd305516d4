package org.obverse.testkit.subject.forbidden;

import java.io.IOException;
import java.net.Socket;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Tells somebody. */
public record Calling(@Meaning("how much") double weight) implements Weighted {
    void tell(String host) throws IOException {
        try (Socket line = new Socket(host, 80)) {
            line.getOutputStream().write((int) weight);
        }
    }
}
