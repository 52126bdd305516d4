package org.obverse.engine.blueprint;

import java.util.Map;
import org.obverse.engine.blueprint.ModelPlanner.TargetNetwork;
import org.obverse.engine.graph.Input;
import org.obverse.engine.product.MeasuredData;
import org.obverse.engine.product.Network;

/** What every unit of an attack or a metric can be wired to: data, and models by name. */
record Networks(Input<MeasuredData> data, Map<String, TargetNetwork> targets, Map<String, Input<Network>> judges) {
    TargetNetwork target(String name) {
        return named(name, targets);
    }

    Input<Network> judge(String name) {
        return named(name, judges);
    }

    static <T> T named(String name, Map<String, T> all) {
        T found = all.get(name);
        if (found == null) {
            throw new IllegalArgumentException("the plan has no '" + name + "', only " + all.keySet());
        }
        return found;
    }
}
