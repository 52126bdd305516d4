package org.obverse.plugins.processes;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class ProcessesPlugin implements Plugin {
    @Override
    public String id() {
        return "processes";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.PLACE,
                "processes",
                "Performs units in child processes, which are kept between units; one that crashes costs the unit it performs.",
                Workers.DEFAULT,
                (workers, resources) -> new Processes(workers)));
    }
}
