package org.obverse.engine.plugin;

import java.util.List;
import java.util.Map;
import org.obverse.api.attack.Attack;
import org.obverse.api.attack.Stage;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;
import org.obverse.api.plugin.Use;

/** Broken plugins, one per rule of the registry. */
final class FaultyPlugins {
    private FaultyPlugins() {}

    record NoKeys() {}

    record UseKey(int use) {}

    record StagesKey(int stages) {}

    record TargetKey(int target) {}

    @SuppressWarnings("ArrayRecordComponent")
    record ArrayKey(double[] values) {}

    /** A plugin that is fine, unless its parts are not. */
    record Listing(String id, List<Component<?, ?>> components) implements Plugin {
        @Override
        public String version() {
            return "1";
        }
    }

    static Component<?, ?> attack(String name, Record defaults) {
        return component(name, defaults);
    }

    private static <C extends Record> Component<C, Attack> component(String name, C defaults) {
        return new Component<>(
                Kind.ATTACK,
                name,
                "Attacks.",
                defaults,
                (keys, resources) -> new Attack(Map.of(Stage.SAMPLE, Use.of("none"))));
    }

    /** Fine. */
    static Plugin fine(String id, String name) {
        return new Listing(id, List.of(attack(name, new NoKeys())));
    }

    /** A class of its jar is missing. */
    public static final class ThrowsInConstructor implements Plugin {
        public ThrowsInConstructor() {
            throw new NoClassDefFoundError("com/example/Missing");
        }

        @Override
        public String id() {
            return "never";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            return List.of();
        }
    }

    /** Lists by throwing. */
    public static final class ThrowsInComponents implements Plugin {
        @Override
        public String id() {
            return "throws-in-components";
        }

        @Override
        public String version() {
            return "1";
        }

        @Override
        public List<Component<?, ?>> components() {
            throw new StackOverflowError("too deep");
        }
    }
}
