package org.obverse.testkit.subject;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.event.RunListener;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Use;

/** Kinds that have no rules but those of every kind: a recipe with the honest sampler, and a listener that is deaf. */
final class Recipes {
    private Recipes() {}

    enum Fault implements Subjects.Fault {
        NONE(Subjects.HONEST);

        private final String rule;

        Fault(String rule) {
            this.rule = rule;
        }

        @Override
        public String rule() {
            return rule;
        }
    }

    static Subjects<Fault, Attack> attacks() {
        return new Subjects<>(
                Kind.ATTACK,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) ->
                        new Attack(Map.of(Stage.SAMPLE, new Use(Subjects.HONEST, Map.of("weight", weight)))));
    }

    static Subjects<Fault, RunListener> listeners() {
        return new Subjects<>(
                Kind.LISTENER,
                List.of(Fault.values()),
                fault -> Requirements.none(),
                (fault, weight, resources) -> new RunListener() {});
    }
}
