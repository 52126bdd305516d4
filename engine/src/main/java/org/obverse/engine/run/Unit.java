package org.obverse.engine.run;

import java.util.List;
import java.util.Locale;

/**
 * A piece of work whose result is stored: the grain of resuming and of reuse. Everything that its result depends on is
 * named here or upstream.
 *
 * @param id unique in the run, such as {@code optimize/0}
 * @param component the component that fills the slot
 * @param plugins the ids of all plugins that take part in it
 * @param configuration canonical JSON of everything that configures it
 * @param seed of its stream
 * @param classes that it is for; empty if it is for all
 * @param execution what of the plan's execution its values depend on
 * @param upstream units whose results it reads
 */
public record Unit(
        String id,
        Slot slot,
        String component,
        List<String> plugins,
        String configuration,
        long seed,
        List<Integer> classes,
        String execution,
        List<String> upstream) {
    public Unit {
        plugins = List.copyOf(plugins);
        classes = List.copyOf(classes);
        upstream = List.copyOf(upstream);
    }

    /** The path of its stream: units of one stage share it, so that cutting a stage differently changes no draw. */
    public String path() {
        return switch (slot) {
            case PREPARE, SAMPLE, OPTIMIZE, SELECT -> slot.name().toLowerCase(Locale.ROOT);
            default -> id;
        };
    }
}
