package org.obverse.testkit.subject;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Plugin;

/** Honest components, to be packed into one jar with forbidden code. */
public final class ForbiddenPlugin implements Plugin {
    @Override
    public String id() {
        return "subjects";
    }

    @Override
    public String version() {
        return "1";
    }

    @Override
    public List<Component<?, ?>> components() {
        return SubjectsPlugin.ofEveryKind().stream()
                .<Component<?, ?>>map(subjects -> subjects.honest("no-threads-clock-or-randomness"))
                .toList();
    }
}
