package org.obverse.testkit.bench;

import java.util.List;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Use;

/** Which data, networks and generator components are tried on. */
public record Layout(
        @Meaning("data set") Use data,

        @Meaning("the target that attackers ask; its weights are drawn, not trained")
        Use target,

        @Meaning("defenses under which the target is built, for components that look at what those leave in it")
        List<Use> defenses,

        @Meaning("the network that defenses train") Use network,
        @Meaning("generator") Use generator,

        @Meaning(
                "candidates that metrics judge: an attack whose stages find them; empty for the bench's own, good and bad")
        String attack,

        @Meaning("epochs that defenses train for") int epochs) {
    public static final Layout DEFAULT = new Layout(
            Use.of(BenchPlugin.DATA),
            Use.of(BenchPlugin.PROTOTYPES),
            List.of(),
            Use.of(BenchPlugin.NETWORK),
            Use.of(BenchPlugin.GENERATOR),
            "",
            4);
}
