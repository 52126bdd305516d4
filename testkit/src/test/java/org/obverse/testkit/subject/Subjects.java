package org.obverse.testkit.subject;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.obverse.api.data.Part;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Meaning;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Resources;
import org.obverse.api.plugin.Use;

/**
 * The components of one kind. Each has one key, {@code weight}; each bears the name of the rule that it breaks, but for the
 * {@value #HONEST} ones.
 *
 * @param kind of all
 * @param needs what one with a fault requires
 * @param maker makes one
 * @param <F> the kind's own faults; the first constant is none
 * @param <T> what components of the kind make
 */
record Subjects<F extends Subjects.Fault, T>(
        Kind<T> kind, List<F> faults, Function<F, Requirements> needs, Maker<F, T> maker) {
    static final String HONEST = "honest";

    /** What is wrong with a component. */
    interface Fault {
        /** The id of the rule that it breaks. */
        String rule();
    }

    interface Maker<F, T> {
        T make(F fault, double weight, Resources resources);
    }

    record Weight(@Meaning("how much") double weight) implements Weighted {}

    /** Says of no key what it means. */
    record Silent(double weight) implements Weighted {}

    /** One key has no reader. */
    record Idle(
            @Meaning("how much") double weight,
            @Meaning("nothing at all") double idle) implements Weighted {}

    /** Another value each time it is read. */
    record Growing(@Meaning("how much") double weight) implements Weighted {
        Growing {
            weight *= 2;
        }
    }

    /** Names another component. */
    record Parted(
            @Meaning("how much") double weight,
            @Meaning("a sampler") Use part) implements Weighted {
        double factor() {
            return weight * (1 + part.name().length() / 100.0);
        }
    }

    /** What an attacker requires that reads private images, or none that it could not have. */
    static Requirements needing(boolean privateImages) {
        return privateImages ? Requirements.none().data(Part.TRAINING) : Requirements.none();
    }

    /** The honest ones, those that break a rule for every kind, and those that break one for this kind. */
    List<Component<?, ?>> all() {
        List<Component<?, ?>> all = new ArrayList<>(ofEveryKind());
        all.addAll(ofThisKind());
        return all;
    }

    /** One with each fault of this kind, and the one with none. */
    List<Component<?, ?>> ofThisKind() {
        List<Component<?, ?>> all = new ArrayList<>();
        for (F fault : faults) {
            all.add(component(
                    fault.rule(),
                    new Weight(1),
                    weight -> needs.apply(fault),
                    (weight, resources) -> maker.make(fault, weight.weight(), resources)));
        }
        return all;
    }

    /** The honest one under another name, with a configuration of another type. */
    <C extends Record & Weighted> Component<?, ?> honest(String name, C defaults) {
        return component(
                name,
                defaults,
                weight -> needs.apply(none()),
                (weight, resources) -> honest(weight.weight(), resources));
    }

    private List<Component<?, ?>> ofEveryKind() {
        AtomicInteger made = new AtomicInteger();
        return List.of(
                component(
                        "honest-with-a-part",
                        new Parted(1, Use.of("bench-prior")),
                        parted -> needs.apply(none()).part("part", Kind.SAMPLER, parted.part()),
                        (parted, resources) -> honest(parted.factor(), resources)),
                component(
                        "unknown-keys-are-refused",
                        new Parted(1, Use.of("bench-prior")),
                        parted -> needs.apply(none()),
                        (parted, resources) -> honest(parted.factor(), resources)),
                component(
                        "keys-have-a-meaning",
                        new Silent(1),
                        silent -> needs.apply(none()),
                        (silent, resources) -> honest(silent.weight(), resources)),
                component(
                        "defaults-survive-yaml",
                        new Growing(0.5),
                        growing -> needs.apply(none()),
                        (growing, resources) -> honest(growing.weight(), resources)),
                component(
                        "parameters-matter",
                        new Idle(1, 1),
                        idle -> needs.apply(none()),
                        (idle, resources) -> honest(idle.weight(), resources)),
                component(
                        "same-seed-same-bytes",
                        new Weight(1),
                        weight -> needs.apply(none()),
                        (weight, resources) ->
                                honest(weight.weight() * (1 + 1e-6 * (made.incrementAndGet() % 3)), resources)));
    }

    private F none() {
        return faults.get(0);
    }

    private T honest(double weight, Resources resources) {
        return maker.make(none(), weight, resources);
    }

    private <C extends Record> Component<C, T> component(
            String name, C defaults, Function<C, Requirements> requirements, Component.Factory<C, T> factory) {
        return new Component<>(kind, name, "For a test.", defaults, requirements, factory);
    }
}
