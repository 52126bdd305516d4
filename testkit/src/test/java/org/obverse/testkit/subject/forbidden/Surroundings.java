package org.obverse.testkit.subject.forbidden;

import java.util.Map;
import org.obverse.api.plugin.Meaning;
import org.obverse.testkit.subject.Weighted;

/** Works otherwise for some people. */
public record Surroundings(@Meaning("how much") double weight) implements Weighted {
    double here() {
        Map<String, String> environment = System.getenv();
        return environment.containsKey("WEIGHT") ? 0 : weight;
    }
}
