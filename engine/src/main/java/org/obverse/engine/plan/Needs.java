package org.obverse.engine.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.obverse.api.data.Part;
import org.obverse.api.generator.Generator;
import org.obverse.api.oracle.Access;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Requirements;
import org.obverse.api.plugin.Requirements.LeastImages;
import org.obverse.api.plugin.Requirements.NestedUse;
import org.obverse.api.plugin.Requirements.NetworkUse;
import org.obverse.api.plugin.Requirements.Trait;

/**
 * What a component and the components named inside its configuration need together.
 *
 * @param access the least that serves all of them
 * @param asks what each of them asks at
 * @param kinds of the components named inside
 * @param adaptedTo defenses that one of them was built to get around
 * @param traits of the component, and of those that it names itself: what stands deeper is asked by others for purposes of their own
 * @param images how many of them a key asks for, which is relative to the component
 * @param networks that are to be prepared, with keys likewise
 * @param prepares names of networks that they make
 */
public record Needs(
        Access access,
        Set<Access> asks,
        Set<Class<? extends Generator>> generator,
        Set<Part> data,
        Set<String> taps,
        Set<Kind<?>> kinds,
        Set<String> adaptedTo,
        Set<Trait> traits,
        List<LeastImages> images,
        List<NetworkUse> networks,
        Set<String> prepares) {
    public static Needs of(PlannedComponent<?> chosen, Components components) {
        List<Placed> all = new ArrayList<>();
        collect("", chosen, components, all);
        Needs whole = together(all);
        Set<Trait> traits = new LinkedHashSet<>(chosen.requirements().traits());
        for (NestedUse part : chosen.requirements().parts()) {
            traits.addAll(
                    components.choose(part.kind(), part.use()).requirements().traits());
        }
        return new Needs(
                whole.access,
                whole.asks,
                whole.generator,
                whole.data,
                whole.taps,
                whole.kinds,
                whole.adaptedTo,
                traits,
                whole.images,
                whole.networks,
                whole.prepares);
    }

    /** Of components that stand for themselves, whatever they name. */
    public static Needs of(List<Requirements> all) {
        return together(
                all.stream().map(requirements -> new Placed("", requirements)).toList());
    }

    /** Requirements of a component, and where its keys stand. */
    private record Placed(String before, Requirements requirements) {}

    private static Needs together(List<Placed> all) {
        Access access = Access.NONE;
        Set<Access> asks = new LinkedHashSet<>();
        Set<Class<? extends Generator>> generator = new LinkedHashSet<>();
        Set<Part> data = new LinkedHashSet<>();
        Set<String> taps = new LinkedHashSet<>();
        Set<Kind<?>> kinds = new LinkedHashSet<>();
        Set<String> adaptedTo = new LinkedHashSet<>();
        Set<Trait> traits = new LinkedHashSet<>();
        List<LeastImages> images = new ArrayList<>();
        List<NetworkUse> networks = new ArrayList<>();
        Set<String> prepares = new LinkedHashSet<>();
        for (Placed placed : all) {
            Requirements requirements = placed.requirements();
            access = access.grants(requirements.access()) ? access : requirements.access();
            asks.add(requirements.access());
            generator.addAll(requirements.generator());
            data.addAll(requirements.data());
            taps.addAll(requirements.taps());
            requirements.parts().forEach(part -> kinds.add(part.kind()));
            adaptedTo.addAll(requirements.adaptedTo());
            traits.addAll(requirements.traits());
            requirements
                    .images()
                    .forEach(least ->
                            images.add(new LeastImages(placed.before() + least.key(), least.part(), least.count())));
            requirements
                    .networks()
                    .forEach(use -> networks.add(new NetworkUse(placed.before() + use.key(), use.name())));
            prepares.addAll(requirements.prepares());
        }
        return new Needs(access, asks, generator, data, taps, kinds, adaptedTo, traits, images, networks, prepares);
    }

    /** Whether the search is on networks that the attack prepared, so that the target is asked nothing. */
    public boolean isOnSurrogates() {
        return traits.contains(Trait.ON_SURROGATES);
    }

    /** Whether it may look at a prepared network of this name. */
    public boolean looksAt(String network) {
        return networks.stream().anyMatch(use -> use.name().equals(network));
    }

    private static void collect(String before, PlannedComponent<?> chosen, Components components, List<Placed> all) {
        Requirements requirements = chosen.requirements();
        all.add(new Placed(before, requirements));
        for (NestedUse part : requirements.parts()) {
            collect(before + part.key() + ".", components.choose(part.kind(), part.use()), components, all);
        }
    }
}
