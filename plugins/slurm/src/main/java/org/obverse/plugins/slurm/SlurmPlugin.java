package org.obverse.plugins.slurm;

import java.util.List;
import org.obverse.api.plugin.Component;
import org.obverse.api.plugin.Kind;
import org.obverse.api.plugin.Plugin;

/** The table of contents of this jar. */
public final class SlurmPlugin implements Plugin {
    @Override
    public String id() {
        return "slurm";
    }

    @Override
    public String version() {
        return "0.1.0";
    }

    @Override
    public List<Component<?, ?>> components() {
        return List.of(new Component<>(
                Kind.PLACE,
                "slurm",
                "Performs units in jobs of a Slurm cluster, in arrays; jobs outlive the run, and resume finds them.",
                Jobs.DEFAULT,
                (jobs, resources) -> new Slurm(jobs)));
    }
}
