package org.obverse.engine.plan;

import ai.djl.ndarray.NDManager;
import java.util.Set;
import org.obverse.api.network.ParameterSource;
import org.obverse.api.network.ScriptedModule;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;
import org.obverse.api.plugin.Workspace;
import org.obverse.api.random.RandomStream;
import org.obverse.api.tensor.Gradients;
import org.obverse.api.tensor.Operators;
import org.obverse.api.training.Training;

/** What is lent to an attacker, of whichever family: everything but data sets, which hold the images that it is about. */
record AttackersResources(Resources all, String component) implements Resources {
    private static final Set<Kind<?>> ATTACKERS = Set.of(
            Kind.PREPARER, Kind.SAMPLER, Kind.OPTIMIZER, Kind.SELECTOR, Kind.IDENTITY_LOSS, Kind.MEMBERSHIP_ATTACK);

    /** What a component is lent. */
    static Resources of(Kind<?> kind, String component, Resources all) {
        return ATTACKERS.contains(kind) ? new AttackersResources(all, component) : all;
    }

    @Override
    public <T> T create(Kind<T> kind, Use use) {
        if (kind == Kind.DATASET) {
            throw new IllegalArgumentException(
                    "component '%s' attacks, and asks for the data set '%s': an attacker has no images but the public ones of the plan's own"
                            .formatted(component, use.name()));
        }
        return all.create(kind, use);
    }

    @Override
    public RandomStream random() {
        return all.random();
    }

    @Override
    public Gradients gradients() {
        return all.gradients();
    }

    @Override
    public Operators operators() {
        return all.operators();
    }

    @Override
    public Training training() {
        return all.training();
    }

    @Override
    public NDManager manager() {
        return all.manager();
    }

    @Override
    public Workspace workspace() {
        return all.workspace();
    }

    @Override
    public ParameterSource weights(String location) {
        return all.weights(location);
    }

    @Override
    public ScriptedModule script(String location) {
        return all.script(location);
    }
}
