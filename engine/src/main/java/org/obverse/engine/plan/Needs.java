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
import org.obverse.api.plugin.Requirements.NestedUse;
import org.obverse.api.plugin.Requirements.Trait;

/**
 * What a component and the components named inside its configuration need together.
 *
 * @param access the least that serves all of them
 * @param asks what each of them asks at
 * @param kinds of the components named inside
 * @param adaptedTo defenses that one of them was built to get around
 * @param traits of the component, and of those that it names itself: what stands deeper is asked by others for purposes of their own
 */
public record Needs(
        Access access,
        Set<Access> asks,
        Set<Class<? extends Generator>> generator,
        Set<Part> data,
        Set<String> taps,
        Set<Kind<?>> kinds,
        Set<String> adaptedTo,
        Set<Trait> traits) {
    public static Needs of(PlannedComponent<?> chosen, Components components) {
        List<Requirements> all = new ArrayList<>();
        collect(chosen, components, all);
        Needs whole = of(all);
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
                traits);
    }

    /** Of components that stand for themselves, whatever they name. */
    public static Needs of(List<Requirements> all) {
        Access access = Access.NONE;
        Set<Access> asks = new LinkedHashSet<>();
        Set<Class<? extends Generator>> generator = new LinkedHashSet<>();
        Set<Part> data = new LinkedHashSet<>();
        Set<String> taps = new LinkedHashSet<>();
        Set<Kind<?>> kinds = new LinkedHashSet<>();
        Set<String> adaptedTo = new LinkedHashSet<>();
        Set<Trait> traits = new LinkedHashSet<>();
        for (Requirements requirements : all) {
            access = access.grants(requirements.access()) ? access : requirements.access();
            asks.add(requirements.access());
            generator.addAll(requirements.generator());
            data.addAll(requirements.data());
            taps.addAll(requirements.taps());
            requirements.parts().forEach(part -> kinds.add(part.kind()));
            adaptedTo.addAll(requirements.adaptedTo());
            traits.addAll(requirements.traits());
        }
        return new Needs(access, asks, generator, data, taps, kinds, adaptedTo, traits);
    }

    /** Whether the search is on networks that the attack prepared, so that the target is asked nothing. */
    public boolean isOnSurrogates() {
        return traits.contains(Trait.ON_SURROGATES);
    }

    private static void collect(PlannedComponent<?> chosen, Components components, List<Requirements> all) {
        Requirements requirements = chosen.requirements();
        all.add(requirements);
        for (NestedUse part : requirements.parts()) {
            collect(components.choose(part.kind(), part.use()), components, all);
        }
    }
}
