package org.obverse.api.plugin;

import java.util.List;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.IdentityLoss;
import org.obverse.api.attack.Optimizer;
import org.obverse.api.attack.Preparer;
import org.obverse.api.attack.Sampler;
import org.obverse.api.attack.Selector;
import org.obverse.api.control.Control;
import org.obverse.api.data.Dataset;
import org.obverse.api.defense.Defense;
import org.obverse.api.event.RunListener;
import org.obverse.api.generator.GeneratorArchitecture;
import org.obverse.api.membership.MembershipAttack;
import org.obverse.api.metric.Metric;
import org.obverse.api.network.ClassifierArchitecture;
import org.obverse.api.place.Place;
import org.obverse.api.store.ObjectStore;

/**
 * What a component is: the slot of a plan that it can fill and the type that its factory returns.
 *
 * @param <T> what the factory of a component of this kind creates
 */
public final class Kind<T> {
    public static final Kind<Attack> ATTACK = new Kind<>("attack", Attack.class);
    public static final Kind<Preparer> PREPARER = new Kind<>("preparer", Preparer.class);
    public static final Kind<Sampler> SAMPLER = new Kind<>("sampler", Sampler.class);
    public static final Kind<Optimizer> OPTIMIZER = new Kind<>("optimizer", Optimizer.class);
    public static final Kind<Selector> SELECTOR = new Kind<>("selector", Selector.class);
    public static final Kind<IdentityLoss> IDENTITY_LOSS = new Kind<>("identity-loss", IdentityLoss.class);
    public static final Kind<Defense> DEFENSE = new Kind<>("defense", Defense.class);
    public static final Kind<GeneratorArchitecture> GENERATOR = new Kind<>("generator", GeneratorArchitecture.class);
    public static final Kind<ClassifierArchitecture> CLASSIFIER =
            new Kind<>("classifier", ClassifierArchitecture.class);
    public static final Kind<Dataset> DATASET = new Kind<>("dataset", Dataset.class);
    public static final Kind<MembershipAttack> MEMBERSHIP_ATTACK =
            new Kind<>("membership-attack", MembershipAttack.class);
    public static final Kind<Control> CONTROL = new Kind<>("control", Control.class);
    public static final Kind<Metric> METRIC = new Kind<>("metric", Metric.class);
    public static final Kind<RunListener> LISTENER = new Kind<>("listener", RunListener.class);
    public static final Kind<Place> PLACE = new Kind<>("place", Place.class);
    public static final Kind<ObjectStore> STORE = new Kind<>("store", ObjectStore.class);

    private final String name;
    private final Class<T> type;

    private Kind(String name, Class<T> type) {
        this.name = name;
        this.type = type;
    }

    /** All kinds, in the order in which {@code obverse plugins} lists them. */
    public static List<Kind<?>> all() {
        return List.of(
                ATTACK,
                PREPARER,
                SAMPLER,
                OPTIMIZER,
                SELECTOR,
                IDENTITY_LOSS,
                DEFENSE,
                GENERATOR,
                CLASSIFIER,
                DATASET,
                MEMBERSHIP_ATTACK,
                CONTROL,
                METRIC,
                LISTENER,
                PLACE,
                STORE);
    }

    /** The kind's name in commands and messages, in lower case. */
    public String name() {
        return name;
    }

    public Class<T> type() {
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
