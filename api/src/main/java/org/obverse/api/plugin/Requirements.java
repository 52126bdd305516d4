package org.obverse.api.plugin;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.oracle.LabelOracle;

/**
 * What a component needs under a given configuration. The engine compares it with the plan before weights load.
 *
 * @param access the least access to the target; {@link Access#NONE} if it never asks
 * @param generator facets that the generator must implement; a preparer without any makes the attack's generator itself
 * @param data parts of the data set that it reads
 * @param taps activations that the target must offer
 * @param granularity how the engine cuts a stage into units
 * @param candidates per class that a sampler returns: with it the engine fills the plan's batch with whole classes
 * @param reads what a metric reads beside the finished candidates, a membership attack beside samples and target, or a control of the
 *     attack
 * @param coupling why the samples of one batch influence each other, or empty if they do not
 * @param parts components named inside the configuration, which must exist and be valid as well
 * @param adaptedTo names of the defenses that an attacker's component was built to get around, such as {@code label-smoothing}
 * @param traits what it is under this configuration, where that changes what may be said of its results
 * @param images how many images of a part of the data it takes, where a key says so
 * @param networks prepared networks that a stage or its loss looks at
 * @param prepares names of the networks that a preparer makes
 */
public record Requirements(
        Access access,
        Set<Class<? extends Generator>> generator,
        Set<Part> data,
        Set<String> taps,
        Granularity granularity,
        int candidates,
        Set<Reading> reads,
        String coupling,
        List<NestedUse> parts,
        Set<String> adaptedTo,
        Set<Trait> traits,
        List<LeastImages> images,
        List<NetworkUse> networks,
        Set<String> prepares) {

    /** A component named inside another one's configuration: the key that names it, the kind that it must have. */
    public record NestedUse(String key, Kind<?> kind, Use use) {}

    /** So many images of a part of the data must be there, because a key of the configuration says so. */
    public record LeastImages(String key, Part part, int count) {}

    /** A network that the attack must prepare, and the key that names it. */
    public record NetworkUse(String key, String name) {}

    public static Requirements none() {
        return new Requirements(
                Access.NONE,
                Set.of(),
                Set.of(),
                Set.of(),
                Granularity.BATCH_OF_CLASSES,
                1,
                Set.of(),
                "",
                List.of(),
                Set.of(),
                Set.of(),
                List.of(),
                List.of(),
                Set.of());
    }

    /** The oracle that {@code StageContext.target} will be asked for. */
    public Requirements access(Class<? extends LabelOracle> oracle) {
        return changed(draft -> draft.access = Access.of(oracle));
    }

    /** A facet of the generator, such as {@code Mapped.class}; {@code Generator.class} if any will do. */
    public Requirements generator(Class<? extends Generator> facet) {
        return changed(draft -> draft.generator = with(generator, facet));
    }

    /** A part of the data. Attackers of every family have {@link Part#PUBLIC} alone: a plan with one that declares another is refused. */
    public Requirements data(Part part) {
        return changed(draft -> draft.data = with(data, part));
    }

    /**
     * A part of the data of which it takes a number of images that its configuration says.
     *
     * @param key that says how many, such as {@code images}
     * @param least the least number that must be there; a plan whose data have fewer is refused
     */
    public Requirements data(Part part, String key, int least) {
        return changed(draft -> {
            draft.data = with(data, part);
            draft.images = with(images, new LeastImages(key, part, least));
        });
    }

    /**
     * A network that the attack prepares. {@code StageContext.network} gives no others, and a plan whose attack does not prepare one of this
     * name is refused.
     *
     * @param key that names it, such as {@code networks.0}
     */
    public Requirements network(String key, String name) {
        return changed(draft -> draft.networks = with(networks, new NetworkUse(key, name)));
    }

    /** The name of a network that a preparer makes: it makes those that it declares, with those of preparers that it names. */
    public Requirements prepares(String network) {
        return changed(draft -> draft.prepares = with(prepares, network));
    }

    /** An activation of the target, by its name. */
    public Requirements tap(String name) {
        return changed(draft -> draft.taps = with(taps, name));
    }

    public Requirements granularity(Granularity unit) {
        return changed(draft -> draft.granularity = unit);
    }

    /** A sampler's number of candidates per class. */
    public Requirements candidates(int perClass) {
        return changed(draft -> draft.candidates = perClass);
    }

    /** What it reads beside what is there for everybody; what a metric's configuration is {@code Judged} by goes without saying. */
    public Requirements reads(Reading reading) {
        return changed(draft -> draft.reads = with(reads, reading));
    }

    /** Declares that the samples of a batch share a draw or an objective: batch size then changes results. */
    public Requirements coupled(String reason) {
        return changed(draft -> draft.coupling = reason);
    }

    /** A component named by {@code key} of the configuration. */
    public Requirements part(String key, Kind<?> kind, Use use) {
        return changed(draft -> draft.parts = with(parts, new NestedUse(key, kind, use)));
    }

    /**
     * An attacker's component that was built to get around a defense, by that one's name. A defense is only told to be verified after an
     * attack with such a component; whether the defense's plugin is there does not matter.
     */
    public Requirements adaptedTo(String defense) {
        return changed(draft -> draft.adaptedTo = with(adaptedTo, defense));
    }

    /** What it is under this configuration. */
    public Requirements trait(Trait trait) {
        return changed(draft -> draft.traits = with(traits, trait));
    }

    private Requirements changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.requirements();
    }

    private static <E> List<E> with(List<E> list, E element) {
        return Stream.concat(list.stream(), Stream.of(element)).toList();
    }

    private static <E> Set<E> with(Set<E> set, E element) {
        return Stream.concat(set.stream(), Stream.of(element)).collect(Collectors.toUnmodifiableSet());
    }

    /** Requirements of which one is being changed. */
    private static final class Draft {
        private Access access;
        private Set<Class<? extends Generator>> generator;
        private Set<Part> data;
        private Set<String> taps;
        private Granularity granularity;
        private int candidates;
        private Set<Reading> reads;
        private String coupling;
        private List<NestedUse> parts;
        private Set<String> adaptedTo;
        private Set<Trait> traits;
        private List<LeastImages> images;
        private List<NetworkUse> networks;
        private Set<String> prepares;

        Draft(Requirements from) {
            access = from.access;
            generator = from.generator;
            data = from.data;
            taps = from.taps;
            granularity = from.granularity;
            candidates = from.candidates;
            reads = from.reads;
            coupling = from.coupling;
            parts = from.parts;
            adaptedTo = from.adaptedTo;
            traits = from.traits;
            images = from.images;
            networks = from.networks;
            prepares = from.prepares;
        }

        Requirements requirements() {
            return new Requirements(
                    access,
                    generator,
                    data,
                    taps,
                    granularity,
                    candidates,
                    reads,
                    coupling,
                    parts,
                    adaptedTo,
                    traits,
                    images,
                    networks,
                    prepares);
        }
    }

    /** How much of the requested classes one call of a stage works on. */
    public enum Granularity {
        /** One call for all classes: what it computes for one class serves the others too. */
        ALL_CLASSES,
        /** As many whole classes as fit the plan's batch. */
        BATCH_OF_CLASSES,
        /** One call per class. */
        ONE_CLASS
    }

    /** What a component is under its configuration. */
    public enum Trait {
        /** A defense that changes nothing, such as label smoothing by 0: a target with no other is undefended. */
        IDLE,
        /**
         * An attacker's component that searches on networks which the attack prepared. The stage then needs no access to the target, and
         * fails if it asks it.
         */
        ON_SURROGATES,
        /**
         * An attacker's component that asks the target itself, whatever the loss that it names looks at. A plan that gives it one {@link
         * #ON_SURROGATES} is refused.
         */
        ASKS_TARGET,
        /** An identity loss that looks at neighbours of the points that are moved, which must be points of the generator. */
        AROUND_POINTS,
        /**
         * It moves something else than points of the generator's search space. A plan that gives it a loss {@link #AROUND_POINTS} is
         * refused.
         */
        MOVES_NO_POINTS
    }

    /**
     * What a metric can read beside the finished candidates of an attack, a membership attack beside samples and target, and a control of the
     * attack that it is compared with: one that declares nothing serves all attacks on a target.
     */
    public enum Reading {
        /** Where the candidates were on the way, if the stage that found them kept that. */
        SNAPSHOTS,
        /** The model that was attacked. */
        TARGET,
        /** A membership attack's own models, trained like the target. Plans of a finished target are refused. */
        REFERENCES,
        /** A membership attack draws samples as the target's training would. Plans of a finished target are refused. */
        TRAINING,
        /** How many candidates of each class the attack delivered. */
        DELIVERED,
        /** The candidates that the attack delivered. */
        CANDIDATES,
        /** How many images the attack asked the target about. */
        QUERIES,
        /** What the attack shows the target of an image. */
        VIEW
    }
}
